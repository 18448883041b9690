// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import io.domus.domain.IdMap;

/**
 * The host's ids of which domains get theirs. The default lies above what SSSD gives to users of a
 * directory (up to 2000200000), and what systemd gives to containers (up to 1879048191), below what
 * systemd gives to foreign files (from 2147352576), and begins where the lower 16 bits of an id are
 * the guest's.
 *
 * @param base the first one
 * @param count how many there are, as far as Linux has them
 */
public record IdPool(long base, long count) {
  static final long HIGHEST_BASE = IdMap.Range.LIMIT - IdMap.AUTOMATIC_COUNT;

  public static final IdPool DEFAULT = new IdPool(2_000_683_008L, 146_669_568L);

  public IdPool {
    if (base < 1 || base > HIGHEST_BASE || count < IdMap.AUTOMATIC_COUNT) {
      throw new IllegalArgumentException("no pool of ids: " + base + " " + count);
    }
  }

  /** The first id beyond it. */
  long end() {
    return Math.min(base + count, IdMap.Range.LIMIT);
  }
}
