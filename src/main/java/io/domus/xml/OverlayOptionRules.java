// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.xml.bind.DriverBean;
import io.domus.xml.bind.LayeredBean;
import io.domus.xml.bind.OptionBean;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules for the options of overlays, {@code <driver><option/></driver>}. */
final class OverlayOptionRules {
  /** What each option may be. */
  private static final Map<String, List<String>> VALUES =
      Map.of(
          "metacopy", List.of("on", "off"),
          "redirect_dir", List.of("on", "off", "follow", "nofollow"),
          "index", List.of("on", "off"),
          "xino", List.of("on", "off", "auto"),
          "volatile", List.of("on", "off"),
          "userxattr", List.of("on", "off"));

  private final Faults faults;

  OverlayOptionRules(Faults faults) {
    this.faults = faults;
  }

  /** Of an overlay. */
  void check(DriverBean driver) {
    Set<String> set = new HashSet<>();
    for (OptionBean option : driver.options) {
      if (option.incomplete) {
        continue;
      }
      if (!set.add(option.name.strip())) {
        faults.error(
            "overlay.option-twice",
            faults.attribute(option, "name"),
            "option " + Printable.quoted(option.name) + " is set twice");
      }
      List<String> values = VALUES.getOrDefault(option.name.strip(), List.of());
      if (!values.contains(option.value.strip())) {
        faults.error(
            "overlay.option-value",
            faults.attribute(option, "value"),
            "option '%s' is %s".formatted(option.name.strip(), Printable.quoted(option.value)),
            values);
      }
    }
  }

  /** Of what is no overlay. */
  void misplaced(LayeredBean other) {
    if (other.driver != null && !other.driver.options.isEmpty()) {
      faults.error(
          "overlay.option-place",
          Faults.of(other.driver.options.getFirst()),
          "<option> is for overlays, not for type " + Printable.quoted(other.type));
    }
  }
}
