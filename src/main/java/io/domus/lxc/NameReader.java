// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.DomainDef;
import java.util.Optional;

/** What the domain is called. */
final class NameReader {
  /** Where LXC keeps a directory for each container, with its {@code config}. */
  static final String CONFIG = "config";

  private static final int LONGEST = 200;

  private final Settings settings;
  private final Report report;
  private final String path;

  /**
   * @param path of the configuration
   */
  NameReader(Settings settings, Report report, String path) {
    this.settings = settings;
    this.report = report;
    this.path = path;
  }

  String read() {
    Optional<Setting> given = settings.one("lxc.uts.name");
    if (given.isEmpty()) {
      String name = valid(ofPath(path));
      report.note("lxc.uts.name is not set: the domain is called '" + name + "' after the file");
      return name;
    }
    String text = given.get().value();
    String name = valid(text);
    if (!name.equals(text)) {
      report.note(
          given.get(), "'" + text + "' is no name for a domain: it is called '" + name + "'");
    } else if (!name.matches("[A-Za-z0-9-]{1,64}")) {
      report.note(
          given.get(),
          "the guest's host name has only the letters, digits and '-' of '" + name + "'");
    }
    return name;
  }

  /** LXC's own name for the container, as far as the path shows it. */
  static String ofPath(String path) {
    String file = PathText.fileName(path);
    if (file.equals(CONFIG) && !PathText.parent(path).isEmpty()) {
      return PathText.fileName(PathText.parent(path));
    }
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }

  private static String valid(String text) {
    if (DomainDef.isName(text)) {
      return text;
    }
    String name = text.replaceAll("[^A-Za-z0-9_.+@-]", "-").replaceAll("^[-.+@]+", "");
    name = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    return name.isEmpty() ? "container" : name;
  }
}
