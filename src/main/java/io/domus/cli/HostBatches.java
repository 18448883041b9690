// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainException;
import io.domus.driver.BatchOutcome;
import io.domus.driver.BatchRequest;
import io.domus.driver.HostStart;
import java.io.IOException;
import java.util.Optional;

/** {@code start -a --boot}: what a service does when the host comes up. */
final class HostBatches {
  private final Session session;
  private final BatchReport report;

  HostBatches(Session session, boolean json) {
    this.session = session;
    this.report = new BatchReport(session.streams(), session.quiet(), json);
  }

  /** A network that does not start is told, and leaves those that need it to fail by themselves. */
  int start(BatchRequest request) throws IOException {
    HostStart.Listener listener =
        new HostStart.Listener() {
          @Override
          public void network(String name, Optional<DomainException> failure) {
            failure.ifPresentOrElse(
                session.errors()::print, () -> session.say("Network '" + name + "' started"));
          }

          @Override
          public void domain(BatchOutcome outcome) {
            report.tell(outcome);
          }
        };
    return switch (new HostStart(session.driver()).run(request, listener)) {
      case HostStart.Outcome.Off _ -> {
        session.say("nothing starts with the host: autostart is off in domus.conf");
        yield Action.OK;
      }
      case HostStart.Outcome.Already _ -> {
        session.say("what starts with the host has been started");
        yield Action.OK;
      }
      case HostStart.Outcome.Done done -> report.end(done.domains());
    };
  }
}
