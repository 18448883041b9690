// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

/**
 * What came of looks at a guest, one after the other. It counts only once it has been ready: who
 * takes long to come up is no case for a watchdog.
 *
 * @param limit how many looks in a row must fail
 * @param ready whether one has ever not failed
 * @param failures in a row
 */
record WatchCount(int limit, boolean ready, int failures) {
  WatchCount {
    if (limit < 1 || failures < 0 || failures > limit) {
      throw new IllegalArgumentException(failures + " of " + limit);
    }
  }

  static WatchCount of(int limit) {
    return new WatchCount(limit, false, 0);
  }

  WatchCount after(boolean holds) {
    if (holds) {
      return new WatchCount(limit, true, 0);
    }
    return ready && !isOver() ? new WatchCount(limit, true, failures + 1) : this;
  }

  boolean isOver() {
    return failures == limit;
  }
}
