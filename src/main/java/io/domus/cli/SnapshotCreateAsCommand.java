// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.Driver;
import io.domus.driver.FreezeClock;
import io.domus.driver.RevertOperation;
import io.domus.driver.SnapshotDeletion;
import io.domus.driver.SnapshotOperation;
import io.domus.driver.SnapshotOperation.Wanted;
import io.domus.store.StoredSnapshot;
import java.io.IOException;
import java.util.Optional;

final class SnapshotCreateAsCommand implements Action {
  private static final String DISK = "--disk-only";
  private static final String SEAL = "--seal";
  private static final String KEEP = "--keep";

  @Override
  public Syntax syntax() {
    return CriuArguments.addDump(
            Syntax.of("snapshot-create-as", "Set aside what a domain is now, to come back to it.")
                .flag("Filesystems alone, of a running guest too.", DISK)
                .flag("Dump the guest, end it and bring it back: nothing is copied.", SEAL)
                .count("N", "Delete the oldest snapshots but N of the domain.", KEEP))
        .dryRun("Print the plan, and do nothing.")
        .domain()
        .optional("SNAPSHOT", "The snapshot's name; by the time, if not said.")
        .optional("DESCRIPTION", "What it is for.")
        .footer(
            "Of a domain that is off nothing is copied; what a running one has written is copied"
                + " while it stands still.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    if (arguments.flag(DISK) && arguments.flag(SEAL)) {
      throw arguments.fault(DISK + " and " + SEAL + " exclude each other");
    }
    Optional<Integer> keep = Optional.ofNullable(arguments.value(KEEP, null));
    if (keep.filter(number -> number < 1).isPresent()) {
      throw arguments.fault(KEEP + " must be 1 or more: the new one stays");
    }
    SnapshotOperation.Request request =
        new SnapshotOperation.Request(
            arguments.optional(1),
            arguments.optional(2),
            wanted(arguments),
            CriuArguments.options(arguments));
    String domain = session.find(arguments.one(0));
    if (arguments.dryRun()) {
      new SnapshotOperation(session.driver())
          .rehearseCreate(domain, request)
          .forEach(new DryRun(session)::plan);
      keep.ifPresent(
          number ->
              new SnapshotDeletion(session.driver())
                  .expiring(domain, number, 1)
                  .forEach(gone -> session.say(DryRun.wouldDelete(gone.name()))));
      return OK;
    }
    session.requireRoot("snapshot-create-as");
    return InterruptSignals.during(
        session,
        () -> {
          Driver driver = session.driver();
          FreezeClock clock = new FreezeClock(driver.observer());
          StoredSnapshot made =
              new SnapshotOperation(driver.observedBy(clock)).create(domain, request);
          if (made.memory() && request.wanted() == Wanted.ALL_AND_STOP) {
            new RevertOperation(driver)
                .run(
                    domain,
                    Optional.of(made.name()),
                    new RevertOperation.Request(false, false, true, request.options()));
          }
          session.say("Domain snapshot " + made.name() + " created");
          FrozenTime.say(session, domain, clock);
          if (keep.isPresent()) {
            new SnapshotDeletion(driver)
                .expire(domain, keep.get())
                .forEach(gone -> session.say("Domain snapshot " + gone + " deleted"));
          }
          return OK;
        });
  }

  private static Wanted wanted(Arguments arguments) {
    if (arguments.flag(DISK)) {
      return Wanted.DISK;
    }
    return arguments.flag(SEAL) ? Wanted.ALL_AND_STOP : Wanted.ALL;
  }
}
