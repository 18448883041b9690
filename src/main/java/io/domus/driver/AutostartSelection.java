// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Autostart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which domains {@code start -a} and its like are about, and in which order. Like lxc-autostart,
 * groups are passes, one after the other in the order they were given, each sorted in itself; a
 * domain of several groups belongs to the first.
 *
 * @param unflagged whether {@code enabled} does not matter
 * @param groups empty for domains of any group and of none; an empty name stands for those of none
 */
record AutostartSelection(boolean unflagged, List<String> groups) {
  /** Every domain that is flagged, whatever its groups. */
  static final AutostartSelection FLAGGED = new AutostartSelection(false, List.of());

  AutostartSelection {
    groups = List.copyOf(groups);
  }

  /** One that is selected. */
  record Chosen(String name, Autostart autostart) {
    Chosen {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(autostart, "autostart");
    }
  }

  /**
   * The classes of domains that may start together: those of one pass and one priority, the highest
   * first, each by name.
   */
  List<List<Chosen>> order(Map<String, Autostart> domains) {
    List<List<Chosen>> classes = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Pass pass : passes()) {
      NavigableMap<Integer, List<Chosen>> priorities = new TreeMap<>(Comparator.reverseOrder());
      new TreeMap<>(domains)
          .forEach(
              (name, autostart) -> {
                boolean wanted = unflagged || autostart.enabled();
                if (wanted && pass.takes(autostart) && seen.add(name)) {
                  priorities
                      .computeIfAbsent(autostart.priority(), _ -> new ArrayList<>())
                      .add(new Chosen(name, autostart));
                }
              });
      classes.addAll(priorities.values());
    }
    return List.copyOf(classes);
  }

  /** For each that is selected, those of the others that have to be ready before it. */
  static Map<String, Set<String>> dependencies(List<List<Chosen>> classes) {
    Map<String, Set<String>> dependencies = new LinkedHashMap<>();
    classes.forEach(each -> each.forEach(one -> dependencies.put(one.name(), new HashSet<>())));
    classes.forEach(
        each ->
            each.forEach(
                one ->
                    one.autostart().after().stream()
                        .filter(dependencies::containsKey)
                        .forEach(dependencies.get(one.name())::add)));
    return dependencies;
  }

  private List<Pass> passes() {
    return groups.isEmpty()
        ? List.of(_ -> true)
        : groups.stream().map(AutostartSelection::pass).toList();
  }

  private static Pass pass(String group) {
    return group.isEmpty()
        ? autostart -> autostart.groups().isEmpty()
        : autostart -> autostart.groups().contains(group);
  }

  @FunctionalInterface
  private interface Pass {
    boolean takes(Autostart autostart);
  }
}
