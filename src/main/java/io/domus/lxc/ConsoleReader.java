// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.ConsoleDef;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Consoles: {@code /dev/console}, which LXC always makes unless told not to, and the ttys. */
final class ConsoleReader {
  private static final long MOST = 256;

  private final Settings settings;
  private final Report report;

  ConsoleReader(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  List<ConsoleDef> read() {
    long consoles = Math.max(hasConsole() ? 1 : 0, terminals());
    return IntStream.range(0, (int) consoles)
        .mapToObj(port -> new ConsoleDef("pty", "lxc", port))
        .toList();
  }

  private boolean hasConsole() {
    Optional<Setting> path = settings.one("lxc.console.path");
    if (path.isPresent() && !path.get().value().equals("none")) {
      report.lost(path.get(), "the console of a domain is kept in its log; see 'domus logs'");
    }
    return path.isEmpty() || !path.get().value().equals("none");
  }

  private long terminals() {
    Optional<Setting> most = settings.one("lxc.tty.max");
    if (most.isEmpty()) {
      return 0;
    }
    OptionalLong number = Values.whole(most.get().value(), 0, MOST);
    if (number.isEmpty()) {
      report.lost(most.get(), "no number from 0 to " + MOST);
    }
    return number.orElse(0);
  }
}
