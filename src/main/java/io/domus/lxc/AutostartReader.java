// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.Autostart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** When the guest starts with the host. LXC starts the lowest order first, ties by name. */
final class AutostartReader {
  private static final String BOOT_GROUP = "onboot";

  private final Settings settings;
  private final Report report;

  AutostartReader(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  Autostart read() {
    Optional<Setting> auto = settings.one("lxc.start.auto");
    boolean enabled = number(auto, 0, 1, "0 or 1") == 1;
    List<String> groups = groups(enabled);
    // The highest priority starts first, so that the order is turned round.
    long priority =
        -number(settings.one("lxc.start.order"), -Integer.MAX_VALUE, Integer.MAX_VALUE, "a number");
    Optional<Setting> delay = settings.one("lxc.start.delay");
    long seconds = number(delay, 0, Integer.MAX_VALUE, "seconds");
    if (seconds > 0) {
      report.note(
          delay.orElseThrow(),
          "Domus goes on as soon as the guest runs, and waits "
              + seconds
              + " s for that at most; LXC waits them in any case");
    }
    return new Autostart(
        enabled,
        (int) priority,
        Duration.ofSeconds(seconds),
        0,
        Duration.ZERO,
        groups,
        List.of(),
        Optional.empty());
  }

  private long number(Optional<Setting> setting, long least, long most, String expected) {
    if (setting.isEmpty()) {
      return 0;
    }
    OptionalLong number = Values.whole(setting.get().value(), least, most);
    if (number.isEmpty()) {
      report.lost(setting.get(), "expected " + expected);
    }
    return number.orElse(0);
  }

  private List<String> groups(boolean enabled) {
    List<String> groups = new ArrayList<>();
    List<Setting> given = settings.all("lxc.group");
    for (Setting setting : given) {
      // LXC parts them by blanks; commas are what its tools take on their command lines.
      for (String group : Values.words(setting.value())) {
        if (!group.matches("[A-Za-z0-9_.-]+")) {
          report.lost(setting, group, "a group's name has letters, digits, '_', '.' and '-'");
        } else if (!groups.contains(group)) {
          groups.add(group);
        }
      }
    }
    if (enabled && !groups.isEmpty()) {
      report.note(
          given.getFirst(),
          groups.contains(BOOT_GROUP)
              ? "LXC starts group 'onboot' before all others; here 'start -a --group onboot,' does"
              : "LXC starts no group but 'onboot' with the host; this domain starts with it, but by"
                  + " 'start -a --group onboot,'");
    }
    return groups;
  }
}
