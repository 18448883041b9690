// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.HostChecks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

final class HostValidateCommand implements Action {
  private static final int SUBJECT = 30;

  @Override
  public Syntax syntax() {
    return Syntax.of("host-validate", "Check what this host has of all that domains may need.")
        .output()
        .footer("The exit status is 1 if a check ends in FAIL.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    List<HostChecks.Check> checks = new HostChecks(session.driver(), session.sessionLack()).run();
    session.out().print(arguments.json() ? json(checks) : text(checks));
    for (HostChecks.Check check : checks) {
      if (check.level() == HostChecks.Level.FAIL) {
        return FAILED;
      }
    }
    return OK;
  }

  private static String text(List<HostChecks.Check> checks) {
    StringBuilder text = new StringBuilder();
    for (HostChecks.Check check : checks) {
      text.append("Checking for ").append(check.subject());
      text.append(" ".repeat(SUBJECT - check.subject().length())).append(": ");
      text.append(check.level()).append(" (").append(check.detail()).append(")\n");
    }
    return text.toString();
  }

  private static String json(List<HostChecks.Check> checks) throws IOException {
    List<Map<String, String>> list = new ArrayList<>();
    for (HostChecks.Check check : checks) {
      Map<String, String> entry = new LinkedHashMap<>();
      entry.put("subject", check.subject());
      entry.put("result", check.level().name().toLowerCase(Locale.ROOT));
      entry.put("detail", check.detail());
      list.add(entry);
    }
    return Json.render(list);
  }
}
