// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is not converted and what else the user should know. */
final class Report {
  private static final int LONGEST = 200;

  private record Line(int order, String text) {}

  private final String file;
  private final List<Line> lines = new ArrayList<>();

  /**
   * @param file how messages name the document
   */
  Report(String file) {
    this.file = file;
  }

  void lost(Setting setting, String why) {
    add(setting.order(), setting.at(), "not converted: " + shown(setting.display()) + ": " + why);
  }

  /** A part of a value. */
  void lost(Setting setting, String part, String why) {
    add(
        setting.order(),
        setting.at(),
        "not converted: '" + shown(part) + "' of " + shown(setting.name()) + ": " + why);
  }

  void note(Setting setting, String text) {
    add(setting.order(), setting.at(), "note: " + text);
  }

  /** Says of a setting that it needs no converting. */
  void same(Setting setting, String why) {
    note(setting, shown(setting.display()) + ": " + why);
  }

  void lost(Origin at, int order, String what, String why) {
    add(order, at, "not converted: " + shown(what) + ": " + why);
  }

  void lost(Origin at, String what, String why) {
    lost(at, 0, what, why);
  }

  void note(Origin at, String text) {
    add(0, at, "note: " + text);
  }

  /** Of the whole, after all the rest. */
  void note(String text) {
    add(Integer.MAX_VALUE, Origin.NONE, "note: " + text);
  }

  /** Of another file, after all the rest. */
  void last(Origin at, String text) {
    add(Integer.MAX_VALUE, at, "note: " + text);
  }

  private void add(int order, Origin at, String text) {
    lines.add(new Line(order, (at.known() ? at.toString() : file) + ": " + text));
  }

  List<String> lines() {
    return lines.stream()
        .sorted(Comparator.comparingInt(Line::order))
        .map(Line::text)
        .distinct()
        .toList();
  }

  private static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            character -> {
              if (Character.isISOControl(character)
                  || Character.getType(character) == Character.FORMAT) {
                shown.append(String.format("\\u%04x", character));
              } else {
                shown.appendCodePoint(character);
              }
            });
    return text.codePointCount(0, text.length()) > LONGEST ? shown + "…" : shown.toString();
  }
}
