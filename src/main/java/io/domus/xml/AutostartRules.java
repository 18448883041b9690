// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.GuestPath;
import io.domus.domain.IpLiteral;
import io.domus.xml.bind.AfterBean;
import io.domus.xml.bind.AutostartBean;
import io.domus.xml.bind.DomainBean;
import io.domus.xml.bind.ReadyBean;
import java.util.OptionalLong;

/** Rules for {@code <autostart>}. */
final class AutostartRules {
  private final Faults faults;

  AutostartRules(Faults faults) {
    this.faults = faults;
  }

  void check(DomainBean domain) {
    AutostartBean autostart = domain.autostart;
    if (autostart == null) {
      return;
    }
    if (domain.name != null) {
      for (AfterBean after : autostart.after) {
        if (after.domain != null && after.domain.strip().equals(domain.name.value.strip())) {
          faults.error(
              "autostart.after-self",
              faults.attribute(after, "domain"),
              "a domain cannot start after itself");
        }
      }
    }
    if (autostart.ready != null && autostart.ready.type != null) {
      ready(autostart.ready);
    }
  }

  private void ready(ReadyBean ready) {
    String type = ready.type.strip();
    String expected =
        switch (type) {
          case "tcp" ->
              isSocket(ready.value)
                  ? ""
                  : "a port from 1 to 65535, or an address and a port: 10.0.0.5:80";
          case "path" ->
              ready.value != null && GuestPath.isNormalised(ready.value)
                  ? ""
                  : "an absolute path in the guest";
          case "log" -> ready.value == null || ready.value.isEmpty() ? "a text" : "";
          case "exec" -> ready.value == null || ready.value.isBlank() ? "a command" : "";
          default -> "";
        };
    // What stands under a wrong name is not missing.
    boolean misnamed = ready.value == null && ready.incomplete;
    if (!expected.isEmpty() && !misnamed) {
      faults.error(
          "autostart.ready-value",
          ready.value == null ? Faults.of(ready) : faults.attribute(ready, "value"),
          "<ready type='%s'> needs in the attribute 'value' %s".formatted(type, expected));
    }
    if (ready.watchdog != null && (type.equals("running") || type.equals("log"))) {
      faults.error(
          "autostart.watchdog",
          faults.attribute(ready, "watchdog"),
          "attribute 'watchdog' is for what can cease to hold, not for type '%s'".formatted(type));
    }
    OptionalLong interval = Quantity.whole(ready.interval);
    if (interval.isPresent() && interval.getAsLong() == 0) {
      faults.error(
          "autostart.ready-interval",
          faults.attribute(ready, "interval"),
          "attribute 'interval' of <ready> must not be 0");
    }
  }

  private static boolean isSocket(String value) {
    if (value == null) {
      return false;
    }
    int colon = value.lastIndexOf(':');
    OptionalLong port = Quantity.whole(value.substring(colon + 1));
    boolean address = colon < 0 || IpLiteral.isAddress(withoutBrackets(value.substring(0, colon)));
    return address && port.isPresent() && port.getAsLong() >= 1 && port.getAsLong() <= 65535;
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
