// SPDX-License-Identifier: Apache-2.0

/** What a start of the JVM costs before any program of ours. */
final class Hello {
  private Hello() {}

  public static void main(String[] args) {
    System.out.println("hello");
  }
}
