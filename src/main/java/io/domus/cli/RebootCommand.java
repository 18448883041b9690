// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.Verb;
import io.domus.driver.RebootOperation;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

final class RebootCommand implements Action {
  private static final String TIMEOUT = "--timeout";

  @Override
  public Syntax syntax() {
    Syntax syntax =
        Syntax.of("reboot", "Ask guests to end, and start them again.")
            .count(
                "SECONDS",
                "With -a: whoever has not ended by then is killed, and started again.",
                TIMEOUT);
    return AllDomains.add(syntax)
        .dryRun("Say what would be done; with -a a timeline of the stops.")
        .footer(
            "With -a all that run end, the last first, before the first of them is started again in"
                + " its order. It is started again whatever <on_reboot> says, which is for guests"
                + " that reboot by themselves.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    Optional<Duration> timeout =
        Optional.ofNullable(arguments.<Integer>value(TIMEOUT, null)).map(Duration::ofSeconds);
    AllDomains all = new AllDomains(session, arguments);
    if (all.isMeant()) {
      return all.reboot(timeout);
    }
    if (timeout.isPresent()) {
      throw arguments.fault(TIMEOUT + " needs -a");
    }
    EachDomain domains = new EachDomain(session, arguments.from(0));
    if (arguments.dryRun()) {
      return domains.run(name -> new DryRun(session).line(Verb.REBOOT, name));
    }
    session.requireRoot("reboot");
    return domains.run(
        name -> {
          new RebootOperation(session.driver()).run(name);
          session.say("Domain '" + name + "' has been rebooted");
        });
  }
}
