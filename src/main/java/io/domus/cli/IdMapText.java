// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainDef;
import io.domus.domain.IdMap;
import io.domus.driver.DomainView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which ids of the host a guest has, as {@code dominfo} tells it. */
final class IdMapText {
  private IdMapText() {}

  /** Null if they are the host's own; without ranges until they are chosen. */
  static Map<String, Object> entry(DomainView view, DomainDef domain) {
    IdMap map = domain.idmap();
    if (!map.present()) {
      return null;
    }
    Optional<IdMap.Range> own = map.automatic() ? view.ids(domain.name()) : Optional.empty();
    IdMap shown = own.map(map::chosen).orElse(map);
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("automatic", map.automatic());
    entry.put("uids", shown.uids().stream().map(IdMapText::entry).toList());
    entry.put("gids", shown.gids().stream().map(IdMapText::entry).toList());
    return entry;
  }

  private static Map<String, Object> entry(IdMap.Range range) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("start", range.start());
    entry.put("target", range.target());
    entry.put("count", range.count());
    return entry;
  }

  /** The same in a line: the host's first id and how many, for users and, if others, groups. */
  static Optional<String> of(Object entry) {
    if (!(entry instanceof Map<?, ?> map)) {
      return Optional.empty();
    }
    String uids = ranges(map.get("uids"));
    String gids = ranges(map.get("gids"));
    if (uids.isEmpty()) {
      return Optional.of("chosen at the first start");
    }
    return Optional.of(uids.equals(gids) ? uids : "users " + uids + ", groups " + gids);
  }

  private static String ranges(Object list) {
    return list instanceof List<?> ranges
        ? String.join(
            " ",
            ranges.stream().map(each -> each instanceof Map<?, ?> one ? one(one) : "").toList())
        : "";
  }

  private static String one(Map<?, ?> range) {
    return range.get("target") + "+" + range.get("count");
  }
}
