// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.Origin;
import io.domus.domain.ReadFailedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Reads the lines of a configuration and of what it includes, in the order in which LXC does. */
final class SettingReader {
  private static final int DEEPEST = 16;

  /** A few files that include each other's neighbours could otherwise be read for ever. */
  private static final int MOST_FILES = 1000;

  private static final int MOST_SETTINGS = 10_000;

  private final LxcFiles files;
  private final Report report;
  private final List<Setting> settings = new ArrayList<>();

  /** The files being read, each included by the one before it. */
  private final Deque<String> open = new ArrayDeque<>();

  private int lines;
  private int includes;

  SettingReader(LxcFiles files, Report report) {
    this.files = files;
    this.report = report;
  }

  /**
   * @param name how messages name the file
   */
  List<Setting> read(String name, byte[] bytes) {
    file(name, files.locate(name), bytes);
    return List.copyOf(settings);
  }

  private void file(String name, String path, byte[] bytes) {
    ConfigText text = ConfigText.of(bytes);
    if (!text.utf8()) {
      report.lost(
          new Origin(name, 1, 0, ""), lines, "the encoding", "no UTF-8, read as ISO 8859-1");
    }
    open.push(path);
    boolean continued = false;
    int number = 0;
    for (String line : text.lines()) {
      number++;
      lines++;
      line(line, new Origin(name, number, 0, ""), continued);
      continued = line.endsWith("\\");
    }
    open.pop();
  }

  private void line(String line, Origin at, boolean continued) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    int equals = line.indexOf('=');
    String key = (equals < 0 ? line : line.substring(0, equals)).strip();
    if (!line.startsWith("lxc.")) {
      report.lost(at, lines, line, noKey(key, continued));
    } else if (equals < 0) {
      report.lost(at, lines, line, "there is no '=' in the line");
    } else if (!ConfigText.fitsXml(line)) {
      report.lost(at, lines, line, "holds a character that XML cannot hold");
    } else {
      String value = ConfigText.unquoted(line.substring(equals + 1).strip());
      setting(new Setting(lines, at, key, value, key));
    }
  }

  private static String noKey(String key, boolean continued) {
    if (continued) {
      return "LXC knows no continued lines";
    }
    String lower = key.toLowerCase(Locale.ROOT);
    return lower.startsWith("lxc.")
        ? "LXC passes over the line: its keys are in lower case"
        : "no key of LXC, which passes over the line";
  }

  private void setting(Setting setting) {
    if (setting.key().equals("lxc.include")) {
      include(setting);
    } else if (settings.size() < MOST_SETTINGS) {
      settings.add(setting);
    } else {
      throw new InvalidDefinitionException(
          setting.at() + ": error: more than " + MOST_SETTINGS + " settings");
    }
  }

  private void include(Setting setting) {
    String given = setting.value();
    if (given.isEmpty()) {
      return;
    }
    String path = files.locate(given);
    LxcFiles.Kind kind = files.kind(path);
    if (kind == LxcFiles.Kind.DIRECTORY) {
      for (String each : files.configurations(path)) {
        include(setting, each, each);
      }
    } else if (given.endsWith("/")) {
      report.same(setting, "there is no such directory");
    } else {
      include(setting, given, path);
    }
  }

  private void include(Setting setting, String name, String path) {
    if (open.contains(path)) {
      report.lost(setting, "the file includes itself");
    } else if (open.size() > DEEPEST) {
      report.lost(setting, "files include each other more than " + DEEPEST + " deep");
    } else if (includes >= MOST_FILES) {
      report.lost(setting, "more than " + MOST_FILES + " files are included");
    } else {
      includes++;
      try {
        file(name, path, files.read(path));
      } catch (ReadFailedException unreadable) {
        report.lost(setting, unreadable.getMessage());
      }
    }
  }
}
