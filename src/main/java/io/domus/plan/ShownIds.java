// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import io.domus.domain.IdMap;
import java.util.ArrayList;
import java.util.List;

/**
 * As whose a mount shows its files: users and groups whose ids on the disk begin at a range's start
 * show as those from its target on, and what is written by these becomes those of the disk. Files
 * of others are nobody's.
 *
 * @param ranges empty if they show as they are
 */
public record ShownIds(List<IdMap.Range> ranges) {
  public static final ShownIds SAME = new ShownIds(List.of());

  public ShownIds {
    ranges = List.copyOf(ranges);
  }

  /** Those that a guest has. */
  public static ShownIds of(IdMap.Range guest) {
    return new ShownIds(List.of(guest));
  }

  /**
   * With an id for the host's root, beside those of the guest: overlayfs makes its work directory
   * and whiteouts as whoever mounted it, and would fall back to being read-only if that were
   * nobody.
   */
  public ShownIds withRoot() {
    long beyond = ranges.stream().mapToLong(range -> range.start() + range.count()).max().orElse(0);
    List<IdMap.Range> more = new ArrayList<>(ranges);
    more.add(new IdMap.Range(beyond, 0, 1));
    return new ShownIds(more);
  }

  public boolean same() {
    return ranges.isEmpty();
  }

  /** {@code 0:2000683008:65536}: on the disk, as shown, how many; what mount(8) takes. */
  public List<String> words() {
    return ranges.stream()
        .map(range -> range.start() + ":" + range.target() + ":" + range.count())
        .toList();
  }
}
