// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import java.util.Set;

/** Rules of the devices cgroup: they know devices by numbers, a domain by paths. */
final class DeviceRules {
  static final String WHY = "a domain names its devices by path, in <hostdev>";

  /** What every guest may do, and what none may. */
  private static final Set<String> ALLOWED =
      Set.of("c 1:3", "c 1:5", "c 1:7", "c 1:8", "c 1:9", "c 5:0", "c 5:1", "c 5:2", "c 136:*");

  private final Settings settings;
  private final Report report;

  DeviceRules(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  void read() {
    for (String base : java.util.List.of("lxc.cgroup.devices.", "lxc.cgroup2.devices.")) {
      settings.all(base + "allow").forEach(this::allow);
      settings.all(base + "deny").forEach(this::deny);
    }
  }

  private void allow(Setting setting) {
    String rule = String.join(" ", Values.words(setting.value()));
    if (ALLOWED.contains(rule.replaceFirst(" [rwm]+$", ""))) {
      report.same(setting, "every guest may use it");
    } else {
      report.lost(setting, WHY);
    }
  }

  private void deny(Setting setting) {
    String rule = String.join(" ", Values.words(setting.value()));
    if (ALLOWED.contains(rule.replaceFirst(" [rwm]+$", ""))) {
      report.lost(setting, "every guest may use null, zero, full, random, urandom and terminals");
    } else {
      report.same(
          setting, "a guest may use no device but terminals, null and the like, and its own");
    }
  }
}
