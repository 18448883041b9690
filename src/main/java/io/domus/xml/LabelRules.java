// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.xml.bind.SeclabelBean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules for {@code <seclabel>}. */
final class LabelRules {
  private static final Set<String> MODELS = Set.of("selinux", "apparmor");

  private final Faults faults;

  LabelRules(Faults faults) {
    this.faults = faults;
  }

  void check(List<SeclabelBean> labels) {
    Map<String, SeclabelBean> taken = new HashMap<>();
    for (SeclabelBean label : labels) {
      if (label.incomplete) {
        continue;
      }
      String model = label.model == null ? "" : label.model.strip();
      SeclabelBean first = taken.putIfAbsent(model, label);
      if (first != null) {
        faults.error(
            "seclabel.duplicate",
            Faults.of(label),
            "a second <seclabel> for the same model, the first is in line " + first.line);
      }
      effect(label, model);
    }
  }

  private void effect(SeclabelBean label, String model) {
    String type = label.type == null ? "dynamic" : label.type.strip();
    if (type.equals("static") && label.label == null) {
      faults.error("seclabel.label", Faults.of(label), "a static <seclabel> needs a <label>");
    } else if (type.equals("dynamic")) {
      faults.warning(
          "unsupported",
          label.type == null ? Faults.of(label) : faults.attribute(label, "type"),
          "a dynamic <seclabel> has no effect, only a static one");
    } else if (type.equals("static") && !MODELS.contains(model)) {
      faults.warning(
          "unsupported",
          label.model == null ? Faults.of(label) : faults.attribute(label, "model"),
          "a static <seclabel> has no effect but for the models selinux and apparmor");
    }
  }
}
