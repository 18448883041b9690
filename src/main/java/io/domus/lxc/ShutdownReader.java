// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.ShutdownPolicy;
import java.util.Optional;

/** By which signal the guest is asked to end. */
final class ShutdownReader {
  private static final String POWER_FAILURE = "SIGPWR";

  /** What systemd waits for. */
  private static final String SYSTEMD_HALT = "SIGRTMIN+3";

  private final Settings settings;
  private final Report report;

  ShutdownReader(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  /**
   * @param init the guest's program
   */
  ShutdownPolicy read(String init) {
    settings.one("lxc.signal.stop").ifPresent(this::stop);
    settings.one("lxc.signal.reboot").ifPresent(this::reboot);
    Optional<Setting> halt = settings.one("lxc.signal.halt");
    Optional<String> signal = halt.flatMap(setting -> Values.signal(setting.value()));
    if (signal.isPresent()) {
      return policy(signal.get());
    }
    halt.ifPresent(setting -> report.lost(setting, "no such signal"));
    boolean systemd = PathText.fileName(init).equals("systemd");
    report.note(
        systemd
            ? "lxc.signal.halt is not set: shutdown sends SIGRTMIN+3, which systemd waits for"
            : "lxc.signal.halt is not set: shutdown sends SIGPWR, as LXC does; for systemd put"
                + " signal='SIGRTMIN+3'");
    return policy(systemd ? SYSTEMD_HALT : POWER_FAILURE);
  }

  private static ShutdownPolicy policy(String signal) {
    return new ShutdownPolicy(signal, ShutdownPolicy.DEFAULT.timeout());
  }

  private void stop(Setting setting) {
    if (Values.signal(setting.value()).equals(Optional.of("SIGKILL"))) {
      report.same(setting, "destroy kills the guest by SIGKILL in any case");
    } else {
      report.lost(setting, "destroy kills the guest by SIGKILL");
    }
  }

  private void reboot(Setting setting) {
    report.lost(setting, "reboot asks the guest to end as shutdown does, and starts it again");
  }
}
