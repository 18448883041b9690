// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.GuestPath;
import io.domus.xml.bind.DomainBean;
import io.domus.xml.bind.OsBean;
import io.domus.xml.bind.TextBean;
import java.util.HashMap;
import java.util.Map;

/** Rules for {@code <os>}. */
final class OsRules {
  private final Faults faults;

  OsRules(Faults faults) {
    this.faults = faults;
  }

  void check(DomainBean domain) {
    if (domain.os != null) {
      os(domain.os);
    } else if (!domain.incomplete) {
      faults.error("os.missing", Faults.of(domain), "<domain> needs <os> with <type> and <init>");
    }
  }

  private void os(OsBean os) {
    if (os.type == null && !os.incomplete) {
      faults.error("os.type", Faults.of(os), "<os> needs <type>exe</type>");
    }
    if (os.init == null && !os.incomplete) {
      faults.error("os.no-init", Faults.of(os), "<os> needs <init>, the path of the init program");
    }
    absolute(os.init);
    absolute(os.initdir);
    Map<String, TextBean> names = new HashMap<>();
    for (TextBean variable : os.initenvs) {
      TextBean first = variable.name == null ? null : names.putIfAbsent(variable.name, variable);
      if (first != null) {
        faults.error(
            "os.duplicate-initenv",
            faults.attribute(variable, "name"),
            "variable %s is already set in line %d"
                .formatted(Printable.quoted(variable.name), first.line));
      }
    }
  }

  private void absolute(TextBean path) {
    if (path != null && !path.incomplete && !GuestPath.isNormalised(path.value.strip())) {
      faults.error(
          "os.path",
          faults.content(path),
          "<%s> is %s, %s"
              .formatted(path.element, Printable.quoted(path.value.strip()), PathRules.GUEST));
    }
  }
}
