// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

/** The processors whose call numbers are known here. */
enum Architecture {
  X86_64,
  ARM64;

  static final Architecture CURRENT = of(System.getProperty("os.arch"));

  private static Architecture of(String name) {
    return switch (name) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64" -> ARM64;
      default -> throw new UnsupportedOperationException("unknown processor: " + name);
    };
  }
}
