// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.List;

/**
 * The user namespace's id ranges; both lists empty means that there is none.
 *
 * @param automatic true if Domus is to choose the ranges
 */
public record IdMap(List<Range> uids, List<Range> gids, boolean automatic) {
  public static final IdMap NONE = new IdMap(List.of(), List.of(), false);

  /**
   * @param start first id in the guest
   * @param target first id on the host
   * @param count how many
   */
  public record Range(long start, long target, long count) {
    /** The highest id of Linux is 2^32-2: the last one means "no id". */
    private static final long LIMIT = 0xFFFF_FFFFL;

    public Range {
      if (start < 0
          || target < 0
          || count <= 0
          || start + count > LIMIT
          || target + count > LIMIT) {
        throw new IllegalArgumentException("no id range: " + start + " " + target + " " + count);
      }
    }
  }

  public IdMap {
    uids = List.copyOf(uids);
    gids = List.copyOf(gids);
  }

  public boolean present() {
    return automatic || !uids.isEmpty() || !gids.isEmpty();
  }
}
