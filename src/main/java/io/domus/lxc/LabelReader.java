// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.SecurityLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Labels of AppArmor and SELinux. */
final class LabelReader {
  private final Settings settings;
  private final Report report;

  LabelReader(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  List<SecurityLabel> read() {
    List<SecurityLabel> labels = new ArrayList<>();
    settings.one("lxc.apparmor.profile").flatMap(this::profile).ifPresent(labels::add);
    settings
        .one("lxc.selinux.context")
        .map(
            setting ->
                setting.value().equals("unconfined_t")
                    ? label(SecurityLabel.Type.NONE, "selinux", Optional.empty())
                    : label(SecurityLabel.Type.STATIC, "selinux", Optional.of(setting.value())))
        .ifPresent(labels::add);
    return labels;
  }

  private Optional<SecurityLabel> profile(Setting setting) {
    return switch (setting.value()) {
      case "unconfined" ->
          Optional.of(label(SecurityLabel.Type.NONE, "apparmor", Optional.empty()));
      case "generated" ->
          Optional.of(label(SecurityLabel.Type.DYNAMIC, "apparmor", Optional.empty()));
      case "unchanged" -> {
        report.lost(setting, "a domain cannot have the profile of whoever starts it");
        yield Optional.empty();
      }
      default ->
          Optional.of(label(SecurityLabel.Type.STATIC, "apparmor", Optional.of(setting.value())));
    };
  }

  private static SecurityLabel label(
      SecurityLabel.Type type, String model, Optional<String> label) {
    return new SecurityLabel(type, Optional.of(model), Optional.empty(), label, Optional.empty());
  }
}
