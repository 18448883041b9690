// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.NoSuchDomainException;
import io.domus.driver.DomainView;
import io.domus.driver.DumpView;
import io.domus.driver.ImportOperation;
import io.domus.driver.RevertOperation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

final class RestoreCommand implements Action {
  private static final String CHECKPOINT = "--checkpoint";
  private static final String NAME = "--name";
  private static final String FORCE = "--force";
  private static final String DEVICES = "--allow-devices";
  private static final String HOST = "--allow-host";

  @Override
  public Syntax syntax() {
    Syntax syntax =
        Syntax.of("restore", "Bring a guest back from a checkpoint, or from an archive.")
            .value("CHECKPOINT", "That one; the last, if not said.", CHECKPOINT)
            .value("NEW", "Make another domain of an archive, of that name.", NAME)
            .flag("Take bases as they are, though they are not what they were.", FORCE)
            .flag("Let an archive bring devices that give access to hardware.", DEVICES)
            .flag("Give an archive's domain what it wants of this host.", HOST)
            .value("FILE", "Write the guest's pid there.", "--pid-file")
            .flag(CriuArguments.STATS_TEXT, CriuArguments.STATS)
            .value("TYPE:NAME", "The profile of a security module.", "--lsm-profile")
            .value("CONTEXT", "The security context of mounts.", "--lsm-mount-context");
    return CriuArguments.add(syntax)
        .dryRun("Of a domain: print the plans, and do nothing. Of an archive: check it.")
        .one("NAME|FILE", "A domain; or an archive: a path with a slash, a file, or - for a pipe.")
        .footer(
            "What the domain has written since is kept as a snapshot first. The checkpoint stays."
                + " All of an archive is checked before anything is changed.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    String what = arguments.one(0);
    boolean archive = isArchive(session, what);
    if (!archive) {
      // What is missing is told before what would not go with it.
      domain(session, what);
    }
    check(arguments, archive);
    if (arguments.dryRun() && !archive) {
      new RevertOperation(session.driver())
          .rehearse(domain(session, what), arguments.text(CHECKPOINT), request(arguments))
          .forEach(new DryRun(session)::plan);
      return OK;
    }
    session.requirePrivilege("restore", Session.PROCESSES);
    return archive
        ? imported(session, arguments, new ArchiveFile(what))
        : restored(session, arguments, domain(session, what));
  }

  private static String domain(Session session, String what) {
    try {
      return session.find(what);
    } catch (NoSuchDomainException missing) {
      throw NoSuchDomainException.norFile(what, missing);
    }
  }

  /** A domain goes before a file of its name. */
  private static boolean isArchive(Session session, String what) {
    if (what.equals("-") || what.contains("/")) {
      return true;
    }
    return !session.driver().definitions().exists(what) && Files.isRegularFile(Path.of(what));
  }

  private static void check(Arguments arguments, boolean archive) {
    if (archive && arguments.text(CHECKPOINT).isPresent()) {
      throw arguments.fault(CHECKPOINT + " is for domains: an archive holds one");
    }
    if (!archive && arguments.text(NAME).isPresent()) {
      throw arguments.fault(NAME + " is for archives; 'clone --live --with-memory' makes another");
    }
    for (String option : new String[] {FORCE, DEVICES, HOST}) {
      if (!archive && arguments.flag(option)) {
        throw arguments.fault(option + " is for archives");
      }
    }
  }

  private static RevertOperation.Request request(Arguments arguments) {
    return new RevertOperation.Request(false, false, true, CriuArguments.options(arguments));
  }

  private static int restored(Session session, Arguments arguments, String domain)
      throws IOException {
    RevertOperation.Reverted done =
        new RevertOperation(session.driver())
            .run(domain, arguments.text(CHECKPOINT), request(arguments));
    session.say("Domain '" + domain + "' restored from '" + done.snapshot().name() + "'");
    kept(session, done.before());
    told(session, arguments, domain, done.runs());
    return OK;
  }

  private static int imported(Session session, Arguments arguments, ArchiveFile file)
      throws IOException {
    ImportOperation.Request request =
        new ImportOperation.Request(
            arguments.text(NAME),
            arguments.flag(FORCE),
            arguments.flag(DEVICES),
            arguments.flag(HOST),
            true,
            CriuArguments.options(arguments));
    if (arguments.dryRun()) {
      try (InputStream in = file.open(session)) {
        ImportOperation.Checked checked =
            new ImportOperation(session.driver()).check(in, file.shown(), request);
        session.say(
            "would restore domain '%s' from %s: the archive is whole, and what it needs is there"
                .formatted(checked.domain(), file.shown()));
        new DryRun(session).plan(checked.plan());
      }
      return OK;
    }
    ImportOperation.Imported done;
    try (InputStream in = file.open(session)) {
      done = new ImportOperation(session.driver()).run(in, file.shown(), request);
    }
    session.say(
        "Domain '%s' restored from %s; it is %s"
            .formatted(
                done.domain(), file.shown(), done.runs() ? state(session, done.domain()) : "off"));
    kept(session, done.before());
    told(session, arguments, done.domain(), done.runs());
    return OK;
  }

  /** Running, or paused as it was. */
  static String state(Session session, String domain) {
    return new DomainView(session.driver()).one(domain).condition().state().text();
  }

  private static void kept(Session session, Optional<String> before) {
    before.ifPresent(
        name -> session.say("  what it was before is kept as snapshot '" + name + "'"));
  }

  private static void told(Session session, Arguments arguments, String domain, boolean runs)
      throws IOException {
    if (!runs) {
      return;
    }
    if (arguments.text("--pid-file").isPresent()) {
      int pid = new DomainView(session.driver()).one(domain).id().orElseThrow();
      Files.writeString(Path.of(arguments.text("--pid-file").get()), pid + "\n");
    }
    if (arguments.flag(CriuArguments.STATS)) {
      CriuCounts.say(session, new DumpView(session.driver()).restoreCounts(domain));
    }
  }
}
