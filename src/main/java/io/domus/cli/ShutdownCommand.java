// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.ShutdownOperation;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

final class ShutdownCommand implements Action {
  private static final String NO_RESTART = "--no-restart";

  @Override
  public Syntax syntax() {
    Syntax syntax =
        Syntax.of("shutdown", "Ask guests to end, with the signal of their definition.")
            .flag("Return when they have ended.", "--wait")
            .count(
                "SECONDS",
                "Wait no longer than this, in place of what the definition says; implies --wait."
                    + " With -a, whoever has not ended by then is killed.",
                "--timeout")
            .flag("They stay off, whatever <on_poweroff> says; -a has it so anyway.", NO_RESTART);
    return AllDomains.addBoot(
            syntax, "With -a: all that run, as domus.conf has it for when the host goes down.")
        .dryRun("Say what would be done; with -a a timeline.");
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
    boolean restarts = !arguments.flag(NO_RESTART);
    ShutdownOperation shutdown = new ShutdownOperation(session.driver());
    if (!arguments.flag("--wait") && timeout.isEmpty()) {
      return domains.run(
          name -> {
            shutdown.run(name, restarts);
            session.say("Domain '" + name + "' is being shutdown");
          });
    }
    // All of them are asked before the first is waited for.
    return domains.runTogether(
        name -> {
          shutdown.runAndWait(name, timeout, restarts);
          session.say("Domain '" + name + "' has been shutdown");
        });
  }
}
