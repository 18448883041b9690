// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.List;
import java.util.Objects;

/**
 * The user namespace's id ranges; both lists empty means that there is none.
 *
 * @param automatic true if Domus is to choose the ranges
 * @param origin where the definition says so
 */
public record IdMap(List<Range> uids, List<Range> gids, boolean automatic, Origin origin) {
  public static final IdMap NONE = new IdMap(List.of(), List.of(), false, Origin.NONE);

  /** How many ids a guest has whose ranges Domus chooses: users and groups alike, from 0 on. */
  public static final long AUTOMATIC_COUNT = 65_536;

  /**
   * @param start first id in the guest
   * @param target first id on the host
   * @param count how many
   */
  public record Range(long start, long target, long count) {
    /** The highest id of Linux is 2^32-2: the last one means "no id". */
    public static final long LIMIT = 0xFFFF_FFFFL;

    public Range {
      if (start < 0
          || target < 0
          || count <= 0
          || start + count > LIMIT
          || target + count > LIMIT) {
        throw new IllegalArgumentException("no id range: " + start + " " + target + " " + count);
      }
    }

    /** Whether one of the host's ids is in both. */
    public boolean overlaps(Range other) {
      return target < other.target + other.count && other.target < target + count;
    }

    /** Whether one of the guest's ids is in it. */
    public boolean hasGuest(long id) {
      return start <= id && id < start + count;
    }

    /** Whether one of the host's ids is in it. */
    public boolean hasHost(long id) {
      return target <= id && id < target + count;
    }

    /** The host's ids, as messages call them. */
    public String hostText() {
      return target + "-" + (target + count - 1);
    }
  }

  public IdMap {
    uids = List.copyOf(uids);
    gids = List.copyOf(gids);
    Objects.requireNonNull(origin, "origin");
  }

  /** What the choice of a range comes to. */
  public IdMap chosen(Range range) {
    return new IdMap(List.of(range), List.of(range), false, origin);
  }

  public boolean present() {
    return automatic || !uids.isEmpty() || !gids.isEmpty();
  }
}
