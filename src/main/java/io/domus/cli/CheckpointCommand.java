// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.CriuOptions;
import io.domus.domain.DomainException;
import io.domus.driver.Driver;
import io.domus.driver.DumpView;
import io.domus.driver.FreezeClock;
import io.domus.driver.SnapshotDeletion;
import io.domus.driver.SnapshotOperation;
import io.domus.driver.SnapshotOperation.Wanted;
import io.domus.store.StoredSnapshot;
import java.io.IOException;
import java.util.Optional;

final class CheckpointCommand implements Action {
  private static final String RUNNING = "--leave-running";
  private static final String EXPORT = "--export";
  private static final String KEEP = "--keep";

  @Override
  public Syntax syntax() {
    Syntax syntax =
        Syntax.of("checkpoint", "Put a guest on the disk: its processes and what it wrote.")
            .flag("Let the guest go on; it stands still meanwhile.", RUNNING)
            .value("CHECKPOINT", "Name the checkpoint; by the time, if not.", "--name")
            .value("FILE", "Put all into one file, or a pipe: -.", EXPORT)
            .flag("With --export and --leave-running: keep the checkpoint here, too.", KEEP)
            .flag(CriuArguments.STATS_TEXT, CriuArguments.STATS);
    return CriuArguments.addDump(ExportArguments.add(syntax))
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
    Optional<ArchiveFile> archive = arguments.text(EXPORT).map(ArchiveFile::new);
    check(arguments, archive.isPresent());
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
      new SnapshotOperation(session.driver(), "checkpoint")
          .rehearseCheckpoint(domain, request)
          .forEach(new DryRun(session)::plan);
      return OK;
    }
    session.requirePrivilege("checkpoint", Session.PROCESSES);
    archive.ifPresent(ArchiveFile::check);
    Session told = archive.filter(ArchiveFile::isPipe).isPresent() ? session.silent() : session;
    return InterruptSignals.during(
        session,
        () -> {
          Driver driver = session.driver();
          FreezeClock clock = new FreezeClock(driver.observer());
          StoredSnapshot made =
              new SnapshotOperation(driver.observedBy(clock), "checkpoint")
                  .checkpoint(domain, request);
          boolean kept = archive.isEmpty() || !leave || arguments.flag(KEEP);
          told.say(
              "Domain '%s' checkpointed%s"
                  .formatted(
                      domain, kept ? " as '" + made.name() + "'" : ", for the archive alone"));
          FrozenTime.say(told, domain, clock);
          if (arguments.flag(CriuArguments.STATS)) {
            CriuCounts.say(told, new DumpView(driver).counts(domain));
          }
          if (archive.isPresent()) {
            export(told, arguments, made, archive.get(), kept);
          }
          return OK;
        });
  }

  private static void check(Arguments arguments, boolean export) {
    for (String option : new String[] {KEEP, "--with-base"}) {
      if (arguments.flag(option) && !export) {
        throw arguments.fault(option + " needs " + EXPORT);
      }
    }
    if (export && CriuArguments.options(arguments).preDumps() > 0) {
      throw arguments.fault(
          CriuArguments.PRE_DUMP
              + " and "
              + EXPORT
              + " exclude each other: an archive has no room"
              + " for memory in rounds");
    }
    if (arguments.value("--compress", null) != null && !export) {
      throw arguments.fault("--compress needs " + EXPORT);
    }
  }

  /** A guest that has ended has nothing but its checkpoint: that stays, wherever the file goes. */
  private static void export(
      Session session, Arguments arguments, StoredSnapshot made, ArchiveFile file, boolean kept)
      throws IOException {
    try {
      ExportArguments.write(session, arguments, made, file);
    } catch (DomainException | IOException failure) {
      if (kept) {
        session
            .err()
            .println(
                "domain '%s' is kept as checkpoint '%s'; 'domus restore %s' has it go on"
                    .formatted(made.domain(), made.name(), made.domain()));
      } else {
        discard(session, made, failure);
      }
      throw failure;
    }
    if (!kept) {
      new SnapshotDeletion(session.driver()).run(made.domain(), made.name(), false);
    }
  }

  private static void discard(Session session, StoredSnapshot made, Exception failure) {
    try {
      new SnapshotDeletion(session.driver()).run(made.domain(), made.name(), false);
    } catch (DomainException second) {
      failure.addSuppressed(second);
    }
  }
}
