// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.Watchdog;
import java.io.IOException;

final class WatchdogCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("watchdog", "End guests that are not ready any more, until interrupted.")
        .footer(
            "Of domains with <ready watchdog='N'/>: a guest that was ready, and is not, N looks in"
                + " a row, counts as crashed, and on_crash says what follows."
                + " domus-watchdog.service runs it.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    session.requireWriter("watchdog");
    Watchdog watchdog =
        new Watchdog(
            session.driver(),
            (domain, what) -> {
              session.out().println("Domain '" + domain + "': " + what);
              // Whoever watches is not to wait for the end.
              session.out().flush();
            });
    try (InterruptSignals _ = InterruptSignals.watch(Thread.currentThread())) {
      watchdog.run();
      return OK;
    } catch (InterruptedException asked) {
      return OK;
    }
  }
}
