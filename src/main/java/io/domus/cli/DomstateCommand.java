// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.Condition;
import io.domus.driver.DomainView;

final class DomstateCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("domstate", "Print the state of a domain.")
        .flag("Say why it is in that state, too.", "--reason")
        .domain();
  }

  @Override
  public int run(Session session, Arguments arguments) {
    String name = session.find(arguments.one(0));
    DomainView.Summary domain = new DomainView(session.driver()).one(name);
    session
        .out()
        .println(arguments.flag("--reason") ? reason(domain) : domain.condition().state().text());
    return OK;
  }

  /** A start that failed came after whatever the state tells of. */
  private static String reason(DomainView.Summary domain) {
    Condition condition = domain.condition();
    String before = condition.reason().map(reason -> reason + "; ").orElse("");
    return domain
        .failedStart()
        .map(why -> Condition.of(condition.state(), before + "autostart: " + why))
        .orElse(condition)
        .toString();
  }
}
