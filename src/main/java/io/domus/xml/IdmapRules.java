// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.xml.bind.IdRangeBean;
import io.domus.xml.bind.IdmapBean;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** Rules for {@code <idmap>}. */
final class IdmapRules {
  /** The kernel's limit of lines in a map. */
  private static final int MOST_RANGES = 340;

  /** One more than the highest id: 2^32-1 means "no id". */
  private static final long END = 0xFFFF_FFFFL;

  private final Faults faults;

  IdmapRules(Faults faults) {
    this.faults = faults;
  }

  void check(IdmapBean idmap) {
    if (idmap == null || idmap.incomplete) {
      return;
    }
    boolean ranges = !idmap.uids.isEmpty() || !idmap.gids.isEmpty();
    if (idmap.mode != null) {
      if (ranges) {
        faults.error(
            "idmap.mode", faults.attribute(idmap, "mode"), "mode 'auto' chooses the ranges itself");
      }
      return;
    }
    if (idmap.uids.isEmpty() || idmap.gids.isEmpty()) {
      String missing = idmap.uids.isEmpty() ? (ranges ? "<uid>" : "<uid> and <gid>") : "<gid>";
      faults.error(
          "idmap.pair",
          Faults.of(idmap),
          "<idmap> needs %s: users and groups are mapped together".formatted(missing));
    }
    ranges(idmap.uids);
    ranges(idmap.gids);
  }

  private void ranges(List<IdRangeBean> ranges) {
    if (ranges.isEmpty() || ranges.stream().anyMatch(range -> range.incomplete)) {
      return;
    }
    if (ranges.size() > MOST_RANGES) {
      faults.error(
          "idmap.too-many-ranges",
          Faults.of(ranges.get(MOST_RANGES)),
          "more than %d <%s> ranges".formatted(MOST_RANGES, ranges.getFirst().element));
      return;
    }
    for (IdRangeBean range : ranges) {
      if (start(range) + count(range) > END || target(range) + count(range) > END) {
        faults.error(
            "idmap.range",
            faults.attribute(range, "count"),
            "the range ends beyond the highest id, " + (END - 1));
      }
    }
    if (ranges.stream().noneMatch(range -> start(range) == 0)) {
      faults.error(
          "idmap.root",
          Faults.of(ranges.getFirst()),
          "no <%s> range starts at 0, the root of the guest".formatted(ranges.getFirst().element));
    }
    overlaps(ranges, "start", IdmapRules::start, "guest");
    overlaps(ranges, "target", IdmapRules::target, "host");
  }

  private void overlaps(
      List<IdRangeBean> ranges, String attribute, ToLongFunction<IdRangeBean> from, String side) {
    for (int later = 1; later < ranges.size(); later++) {
      IdRangeBean range = ranges.get(later);
      for (IdRangeBean other : ranges.subList(0, later)) {
        boolean apart =
            from.applyAsLong(range) >= from.applyAsLong(other) + count(other)
                || from.applyAsLong(other) >= from.applyAsLong(range) + count(range);
        if (!apart) {
          faults.error(
              "idmap.overlap",
              faults.attribute(range, attribute),
              "the ids of the %s overlap those of line %d".formatted(side, other.line));
          break;
        }
      }
    }
  }

  private static long start(IdRangeBean range) {
    return number(range.start);
  }

  private static long target(IdRangeBean range) {
    return number(range.target);
  }

  private static long count(IdRangeBean range) {
    return number(range.count);
  }

  private static long number(String text) {
    OptionalLong number = Quantity.whole(text);
    return number.orElseThrow(() -> new IllegalStateException("the schema let pass: " + text));
  }
}
