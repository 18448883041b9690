// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.RevertOperation;
import java.io.IOException;

final class RestoreCommand implements Action {
  @Override
  public Syntax syntax() {
    return CriuArguments.add(
            Syntax.of("restore", "Bring a guest back from a checkpoint.")
                .value("CHECKPOINT", "That one; the newest, if not said.", "--checkpoint"))
        .domain()
        .footer(
            "What the domain has written since is kept as a snapshot first. The checkpoint stays.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    RevertOperation.Request request =
        new RevertOperation.Request(false, false, true, CriuArguments.options(arguments));
    session.requireRoot("restore");
    String domain = session.find(arguments.one(0));
    RevertOperation.Reverted done =
        new RevertOperation(session.driver()).run(domain, arguments.text("--checkpoint"), request);
    session.say("Domain '" + domain + "' restored from '" + done.snapshot().name() + "'");
    done.before()
        .ifPresent(name -> session.say("  what it was before is kept as snapshot '" + name + "'"));
    return OK;
  }
}
