// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.DomainView;
import io.domus.driver.ManagedSave;
import io.domus.driver.SnapshotView;
import io.domus.driver.StartOperation;
import io.domus.store.StoredSnapshot;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

final class StartCommand implements Action {
  private static final String FORCE = "--force-boot";

  @Override
  public Syntax syntax() {
    Syntax syntax =
        Syntax.of("start", "Start domains that are defined.")
            .flag(
                "Start a linked clone of the one domain, which is gone when it ends.",
                "--ephemeral")
            .value("NEW", "With --ephemeral: the clone's name.", "--name")
            .flag("With --ephemeral: the clone writes to memory.", "--tmpfs")
            .flag("With --ephemeral: the clone stays, as a domain like any other.", "--keep-data")
            .flag("Throw a managed save image away, and run the guest's init anew.", FORCE);
    return AllDomains.addBoot(
            syntax,
            "With -a: if domus.conf allows it, and only once since the host came up; networks"
                + " first.")
        .dryRun("Print the plan, and do nothing; with -a a timeline.")
        .footer(
            "With --ephemeral, what follows the name is a command for the clone (put -- before it):"
                + " it is run as exec would run it, its exit status is the result, and the clone"
                + " is destroyed when it ends.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    if (arguments.flag("--ephemeral")) {
      if (arguments.flag(AllDomains.FLAGGED)) {
        throw arguments.fault("--ephemeral and -a exclude each other");
      }
      return new EphemeralStart(session, arguments).run();
    }
    for (String option : new String[] {"--tmpfs", "--keep-data"}) {
      if (arguments.flag(option)) {
        throw arguments.fault(option + " needs --ephemeral");
      }
    }
    if (arguments.text("--name").isPresent()) {
      throw arguments.fault("--name needs --ephemeral");
    }
    if (arguments.hasCommand(0)) {
      throw arguments.fault("a command after -- needs --ephemeral");
    }
    AllDomains all = new AllDomains(session, arguments);
    if (all.isMeant()) {
      if (arguments.flag(FORCE)) {
        throw arguments.fault(FORCE + " and -a exclude each other");
      }
      return all.start();
    }
    EachDomain domains = new EachDomain(session, arguments.from(0));
    if (arguments.dryRun()) {
      return domains.run(name -> new DryRun(session).start(name, arguments.flag(FORCE)));
    }
    session.requireRoot("start");
    AtomicBoolean warned = new AtomicBoolean();
    return domains.run(
        name -> {
          // Of guests that nobody knows no limits are missed.
          if (!warned.getAndSet(true)) {
            session.warnOfLimits();
          }
          Optional<String> aside = savedAside(session, name);
          boolean restored = new StartOperation(session.driver()).run(name, arguments.flag(FORCE));
          session.say("Domain '" + name + "' " + (restored ? "restored" : "started"));
          aside.ifPresent(session.err()::println);
        });
  }

  /** Whoever saved a guest may expect it back. */
  private static Optional<String> savedAside(Session session, String name) {
    boolean saved =
        new DomainView(session.driver())
            .one(name)
            .condition()
            .reason()
            .filter("saved"::equals)
            .isPresent();
    if (!saved || new ManagedSave(session.driver(), name).exists()) {
      return Optional.empty();
    }
    return new SnapshotView(session.driver())
        .current(name)
        .filter(StoredSnapshot::memory)
        .map(
            snapshot ->
                "  it was booted; 'domus restore %s' brings back the guest that was saved as '%s'"
                    .formatted(name, snapshot.name()));
  }
}
