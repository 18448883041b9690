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
    Condition condition = new DomainView(session.driver()).one(name).condition();
    boolean reason = arguments.flag("--reason");
    session.out().println(reason ? condition.toString() : condition.state().text());
    return OK;
  }
}
