// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

/** Operations on two domains at once; their locks are taken in the order of names, by all alike. */
final class DomainPair implements AutoCloseable {
  private final String first;
  private final DomainJob jobOfFirst;
  private final DomainJob jobOfSecond;
  private boolean firstReleased;
  private boolean secondReleased;

  private DomainPair(String first, DomainJob jobOfFirst, DomainJob jobOfSecond) {
    this.first = first;
    this.jobOfFirst = jobOfFirst;
    this.jobOfSecond = jobOfSecond;
  }

  static DomainPair begin(Driver driver, String one, String other, String doing) {
    String first = one.compareTo(other) < 0 ? one : other;
    String second = first.equals(one) ? other : one;
    DomainJob jobOfFirst = DomainJob.begin(driver, first, doing);
    try {
      return new DomainPair(first, jobOfFirst, DomainJob.begin(driver, second, doing));
    } catch (RuntimeException failure) {
      jobOfFirst.close();
      throw failure;
    }
  }

  /** Ends the operation on one of them; that on the other goes on. */
  void release(String name) {
    if (name.equals(first)) {
      if (!firstReleased) {
        firstReleased = true;
        jobOfFirst.close();
      }
    } else if (!secondReleased) {
      secondReleased = true;
      jobOfSecond.close();
    }
  }

  @Override
  public void close() {
    if (!secondReleased) {
      secondReleased = true;
      jobOfSecond.close();
    }
    release(first);
  }
}
