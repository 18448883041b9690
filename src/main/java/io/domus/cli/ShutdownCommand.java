// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.ShutdownOperation;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

final class ShutdownCommand implements Action {
  @Override
  public Syntax syntax() {
    Syntax syntax =
        Syntax.of("shutdown", "Ask guests to end, with the signal of their definition.")
            .flag("Return when they have ended.", "--wait")
            .count(
                "SECONDS",
                "Wait no longer than this, in place of what the definition says; implies --wait."
                    + " With -a, whoever has not ended by then is killed.",
                "--timeout");
    return AllDomains.addBoot(
            syntax, "With -a: all that run, as domus.conf has it for when the host goes down.")
        .dryRun("Say what would be done; with -a the order.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    Optional<Duration> timeout =
        Optional.ofNullable(arguments.<Integer>value("--timeout", null)).map(Duration::ofSeconds);
    AllDomains all = new AllDomains(session, arguments);
    if (all.isMeant()) {
      return all.shutdown(timeout);
    }
    EachDomain domains = new EachDomain(session, arguments.from(0));
    if (arguments.dryRun()) {
      DryRun dry = new DryRun(session);
      return domains.run(name -> dry.shutdown(name, timeout));
    }
    session.requireRoot("shutdown");
    ShutdownOperation shutdown = new ShutdownOperation(session.driver());
    if (!arguments.flag("--wait") && timeout.isEmpty()) {
      return domains.run(
          name -> {
            shutdown.run(name);
            session.say("Domain '" + name + "' is being shutdown");
          });
    }
    // All of them are asked before the first is waited for.
    return domains.runTogether(
        name -> {
          shutdown.runAndWait(name, timeout);
          session.say("Domain '" + name + "' has been shutdown");
        });
  }
}
