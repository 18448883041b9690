// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.Origin;

/** A configuration in the making. */
final class ConfigLines {
  private final Report report;
  private final StringBuilder text = new StringBuilder();

  ConfigLines(Report report) {
    this.report = report;
  }

  void comment(String words) {
    text.append("# ").append(words.replaceAll("\\R", " ")).append('\n');
  }

  void add(String key, long value) {
    add(key, Long.toString(value), Origin.NONE);
  }

  void add(String key, String value) {
    add(key, value, Origin.NONE);
  }

  /**
   * @param origin where the definition says it
   */
  void add(String key, String value, Origin origin) {
    if (value.chars().anyMatch(character -> character == '\n' || character == '\r')) {
      report.lost(origin, key, "a value of LXC has one line");
      return;
    }
    text.append(key).append(" = ").append(quoted(value)).append('\n');
  }

  /** LXC takes away blanks around a value, and then a pair of quotes. */
  private static String quoted(String value) {
    boolean stripped = !value.isEmpty() && value.equals(value.strip());
    return stripped && ConfigText.unquoted(value).equals(value) ? value : '"' + value + '"';
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
