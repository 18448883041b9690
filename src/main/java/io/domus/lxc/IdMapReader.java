// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.IdMap;
import io.domus.domain.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Id ranges: {@code u CONTAINER HOST COUNT}. */
final class IdMapReader {
  private final Settings settings;
  private final Report report;
  private final List<IdMap.Range> uids = new ArrayList<>();
  private final List<IdMap.Range> gids = new ArrayList<>();

  IdMapReader(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  IdMap read() {
    settings.all("lxc.idmap").forEach(this::range);
    if (uids.isEmpty() && gids.isEmpty()) {
      return IdMap.NONE;
    }
    // Whoever maps too little gets no guest without a map: define says what is missing.
    for (List<IdMap.Range> ranges : List.of(uids, gids)) {
      String kind = ranges == uids ? "user" : "group";
      if (ranges.stream().noneMatch(range -> range.start() == 0)) {
        report.note("no lxc.idmap maps the " + kind + " 0 of the guest, which a domain needs");
      }
    }
    return new IdMap(uids, gids, false, Origin.NONE);
  }

  private void range(Setting setting) {
    List<String> words = Values.words(setting.value());
    List<OptionalLong> numbers =
        words.stream().skip(1).map(word -> Values.whole(word, 0, 0xFFFF_FFFFL)).toList();
    if (words.size() != 4
        || !words.getFirst().matches("[ugb]")
        || numbers.stream().anyMatch(OptionalLong::isEmpty)) {
      report.lost(
          setting, "expected u, g or b, the first id in the guest, the host's, and a count");
      return;
    }
    try {
      IdMap.Range range =
          new IdMap.Range(
              numbers.get(0).getAsLong(), numbers.get(1).getAsLong(), numbers.get(2).getAsLong());
      boolean added = false;
      if (!words.getFirst().equals("g")) {
        added = add(uids, range);
      }
      if (!words.getFirst().equals("u")) {
        added |= add(gids, range);
      }
      if (!added) {
        report.same(setting, "is said before");
      }
    } catch (IllegalArgumentException outside) {
      report.lost(setting, "the range is empty or ends beyond the highest id");
    }
  }

  private static boolean add(List<IdMap.Range> ranges, IdMap.Range range) {
    return !ranges.contains(range) && ranges.add(range);
  }
}
