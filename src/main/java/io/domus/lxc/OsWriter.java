// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.Origin;
import io.domus.domain.OsDef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes what runs in the guest. */
final class OsWriter {
  private final ConfigLines lines;
  private final Report report;

  OsWriter(ConfigLines lines, Report report) {
    this.lines = lines;
    this.report = report;
  }

  void write(OsDef os) {
    os.arch().ifPresent(this::arch);
    List<String> words = new ArrayList<>();
    words.add(os.init());
    words.addAll(os.arguments());
    lines.add(
        "lxc.init.cmd",
        words.stream().map(OsWriter::word).collect(Collectors.joining(" ")),
        os.initOrigin());
    os.directory().ifPresent(path -> lines.add("lxc.init.cwd", path.value()));
    account("lxc.init.uid", "<inituser>", os.user());
    account("lxc.init.gid", "<initgroup>", os.group());
    os.environment().forEach((name, value) -> lines.add("lxc.environment", name + "=" + value));
    os.cmdline().ifPresent(_ -> report.lost(Origin.NONE, "<cmdline>", "LXC has no key for it"));
  }

  private void arch(String name) {
    if (ArchitectureReader.isKnown(name)) {
      lines.add("lxc.arch", name);
    } else {
      report.lost(Origin.NONE, "arch='" + name + "'", "LXC does not know this architecture");
    }
  }

  private void account(String key, String element, Optional<String> account) {
    if (account.isEmpty()) {
      return;
    }
    String number = account.get().startsWith("+") ? account.get().substring(1) : account.get();
    if (number.matches("[0-9]{1,10}")) {
      lines.add(key, number);
    } else {
      report.lost(Origin.NONE, element + " " + account.get(), "LXC takes numbers only");
    }
  }

  /** In quotes where it has to be: those that are not in it. */
  private static String word(String word) {
    if (word.matches("[^\\s'\"]+")) {
      return word;
    }
    StringBuilder quoted = new StringBuilder();
    char quote = word.indexOf('"') < 0 ? '"' : '\'';
    quoted.append(quote);
    for (char character : word.toCharArray()) {
      if (character == quote) {
        quoted.append(quote);
        quote = quote == '"' ? '\'' : '"';
        quoted.append(quote);
      }
      quoted.append(character);
    }
    return quoted.append(quote).toString();
  }
}
