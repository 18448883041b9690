// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The settings that count: later ones have taken the place of earlier ones, empty ones have cleared
 * what was said so far. What nobody takes is left for the report.
 */
final class Settings {
  private final Report report;
  private final Map<String, List<Setting>> byKey = new LinkedHashMap<>();
  private final Set<Setting> taken = new HashSet<>();

  /** The last section of {@code lxc.network}; -1 before the first. */
  private int section = -1;

  private Settings(Report report) {
    this.report = report;
  }

  static Settings of(List<Setting> lines, Report report) {
    Settings settings = new Settings(report);
    lines.forEach(settings::add);
    return settings;
  }

  private void add(Setting line) {
    Optional<String> key = canonical(line);
    if (key.isEmpty()) {
      report.lost(line, "stands before any lxc.network.type");
      return;
    }
    Setting setting = line.named(key.get());
    if (setting.value().isEmpty()) {
      clear(setting);
      return;
    }
    List<Setting> present = byKey.computeIfAbsent(setting.key(), _ -> new ArrayList<>());
    if (!KeyNames.isList(setting.key())) {
      present.forEach(earlier -> report.lost(earlier, "replaced in " + setting.at()));
      present.clear();
    }
    present.add(setting);
  }

  /** Legacy sections get numbers as today's networks have them. */
  private Optional<String> canonical(Setting line) {
    String key = line.key();
    if (!key.startsWith(KeyNames.NETWORK)) {
      return Optional.of(KeyNames.modern(key));
    }
    String part = key.substring(KeyNames.NETWORK.length());
    if (part.matches("[0-9]+(\\..*)?")) {
      return Optional.of(KeyNames.NET + addressed(part));
    }
    if (part.equals("type") && !line.value().isEmpty()) {
      section = networks().isEmpty() ? 0 : networks().getLast() + 1;
    }
    return section < 0
        ? Optional.empty()
        : Optional.of(KeyNames.NET + section + "." + addressed(part));
  }

  private static String addressed(String part) {
    return part.matches("(.*\\.)?ipv[46]") ? part + ".address" : part;
  }

  private void clear(Setting empty) {
    String key = empty.key();
    boolean caps = key.startsWith("lxc.cap.");
    Predicate<String> hit =
        other ->
            other.equals(key)
                || (caps && other.startsWith("lxc.cap."))
                || (other.startsWith(key + ".")
                    && isClearable(key)
                    && !KeyNames.PLAIN.contains(other));
    byKey.forEach(
        (other, settings) -> {
          if (hit.test(other)) {
            settings.forEach(earlier -> report.lost(earlier, "cleared in " + empty.at()));
            settings.clear();
          }
        });
  }

  /** Whether an empty value clears all keys below as well. */
  private static boolean isClearable(String key) {
    return KeyNames.FAMILIES.contains(key)
        || key.equals("lxc.net")
        || key.matches("lxc\\.net\\.[0-9]+");
  }

  /** The numbers of the networks. */
  TreeSet<Integer> networks() {
    TreeSet<Integer> numbers = new TreeSet<>();
    for (Map.Entry<String, List<Setting>> entry : byKey.entrySet()) {
      if (entry.getKey().matches("lxc\\.net\\.[0-9]{1,9}\\..+") && !entry.getValue().isEmpty()) {
        String rest = entry.getKey().substring(KeyNames.NET.length());
        numbers.add(Integer.parseInt(rest.substring(0, rest.indexOf('.'))));
      }
    }
    return numbers;
  }

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  /** Takes the settings of a key. */
  List<Setting> all(String key) {
    List<Setting> found = List.copyOf(byKey.getOrDefault(key, List.of()));
    taken.addAll(found);
    return found;
  }

  /** A setting that stays for the report. */
  Optional<Setting> peek(String key) {
    return byKey.getOrDefault(key, List.of()).stream().findFirst();
  }

  /** Takes the setting of a key that has one. */
  Optional<Setting> one(String key) {
    return all(key).stream().findFirst();
  }

  /** Takes the settings of several keys that mean the same; the last counts. */
  Optional<Setting> last(String... keys) {
    List<Setting> found = new ArrayList<>();
    for (String key : keys) {
      found.addAll(all(key));
    }
    found.sort(Comparator.comparingInt(Setting::order));
    for (int index = 0; index + 1 < found.size(); index++) {
      report.lost(found.get(index), "replaced in " + found.getLast().at());
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast());
  }

  /** Takes what is left below a prefix. */
  List<Setting> below(String prefix) {
    List<Setting> found =
        left().stream().filter(setting -> setting.key().startsWith(prefix)).toList();
    taken.addAll(found);
    return found;
  }

  /** What nobody has taken, in order. */
  List<Setting> left() {
    return byKey.values().stream()
        .flatMap(List::stream)
        .filter(setting -> !taken.contains(setting))
        .sorted(Comparator.comparingInt(Setting::order))
        .toList();
  }
}
