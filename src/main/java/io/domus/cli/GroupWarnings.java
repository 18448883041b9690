// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.Autostart;
import io.domus.domain.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What is said of groups that select nobody: else a word that is mistyped, or a mark that was
 * forgotten, would pass for a group in which all is well.
 *
 * @param domains what all of them say of the start with the host
 * @param all whether those count that do not start with the host
 */
record GroupWarnings(Map<String, Autostart> domains, boolean all) {
  /** More names than this are no help. */
  private static final int MOST = 8;

  GroupWarnings {
    domains = Map.copyOf(domains);
  }

  /**
   * @param groups as they were given; empty for domains of any group and of none
   */
  List<String> of(List<String> groups) {
    List<String> warnings = new ArrayList<>();
    if (groups.isEmpty()) {
      unmarked("", "defined", _ -> true, warnings);
    }
    Set<String> known = new TreeSet<>();
    domains.values().forEach(each -> known.addAll(each.groups()));
    for (String group : new LinkedHashSet<>(groups)) {
      if (group.isEmpty()) {
        unmarked(" without a group", "in none", each -> each.groups().isEmpty(), warnings);
      } else if (known.contains(group)) {
        unmarked(
            " of group '" + group + "'", "in it", each -> each.groups().contains(group), warnings);
      } else {
        warnings.add("no domain is in group '" + group + "'" + NearestName.hint(group, known));
      }
    }
    return warnings;
  }

  private void unmarked(
      String which, String are, Predicate<Autostart> members, List<String> warnings) {
    Set<String> names = new TreeSet<>();
    domains.forEach(
        (name, autostart) -> {
          if (members.test(autostart)) {
            names.add(name);
          }
        });
    boolean marked = names.stream().anyMatch(name -> domains.get(name).enabled());
    if (!all && !marked && !names.isEmpty()) {
      warnings.add(
          "no domain%s is marked for autostart (%s %s %s but not enabled; --all takes %s)"
              .formatted(
                  which,
                  list(names),
                  names.size() == 1 ? "is" : "are",
                  are,
                  names.size() == 1 ? "it" : "them"));
    }
  }

  private static String list(Collection<String> names) {
    String shown = String.join(", ", names.stream().limit(MOST).toList());
    return names.size() <= MOST ? shown : shown + " and %d more".formatted(names.size() - MOST);
  }
}
