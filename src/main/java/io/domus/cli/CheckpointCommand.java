// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.CriuOptions;
import io.domus.driver.Driver;
import io.domus.driver.FreezeClock;
import io.domus.driver.SnapshotOperation;
import io.domus.driver.SnapshotOperation.Wanted;
import io.domus.plan.PlanText;
import io.domus.store.StoredSnapshot;
import java.io.IOException;
import java.util.Optional;

final class CheckpointCommand implements Action {
  private static final String RUNNING = "--leave-running";

  @Override
  public Syntax syntax() {
    return CriuArguments.add(
            Syntax.of("checkpoint", "Put a guest on the disk: its processes and what it wrote.")
                .flag("Let the guest go on; it stands still meanwhile.", RUNNING)
                .value("CHECKPOINT", "Name the checkpoint; by the time, if not.", "--name"))
        .dryRun("Print the plan, and do nothing.")
        .domain()
        .footer(
            "The processes are dumped by CRIU; what the guest has written becomes a layer, or is"
                + " copied at the same instant if it goes on. 'restore' brings all of it back;"
                + " 'start' boots, over the same files."
                + " <checkpoint> in the definition says what holds without options.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    CriuOptions options = CriuArguments.options(arguments);
    boolean leave = arguments.flag(RUNNING);
    SnapshotOperation.Request request =
        new SnapshotOperation.Request(
            arguments.text("--name"),
            Optional.empty(),
            leave ? Wanted.ALL : Wanted.ALL_AND_STOP,
            options);
    String domain = session.find(arguments.one(0));
    if (arguments.dryRun()) {
      new SnapshotOperation(session.driver())
          .rehearseCheckpoint(domain, request)
          .forEach(plan -> session.out().print(PlanText.render(plan)));
      return OK;
    }
    session.requireRoot("checkpoint");
    return InterruptSignals.during(
        session,
        () -> {
          Driver driver = session.driver();
          FreezeClock clock = new FreezeClock(driver.observer());
          StoredSnapshot made =
              new SnapshotOperation(driver.observedBy(clock)).checkpoint(domain, request);
          session.say("Domain '" + domain + "' checkpointed as '" + made.name() + "'");
          FrozenTime.say(session, domain, clock);
          return OK;
        });
  }
}
