// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.HostUse;
import io.domus.domain.OperationFailedException;
import io.domus.driver.Cascade;
import io.domus.driver.ManagedSave;
import io.domus.driver.ManagedSaveOperation;
import io.domus.driver.SnapshotDeletion;
import io.domus.driver.UndefineOperation;
import io.domus.plan.Plan;
import io.domus.plan.PlanText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

final class UndefineCommand implements Action {
  private static final String SAVE = "--managed-save";
  private static final String SNAPSHOTS = "--snapshots-metadata";
  private static final String STORAGE = "--remove-all-storage";
  private static final String CASCADE = "--cascade";
  private static final String YES = "--yes";

  @Override
  public Syntax syntax() {
    return Syntax.of("undefine", "Forget domains; their data stays, and guests go on.")
        .flag("Remove what each domain alone has written, too; it must be off.", STORAGE)
        .flag("Undefine all domains first that rely on what is to go.", CASCADE)
        .flag("Throw a managed save image away first.", SAVE)
        .flag("Delete all snapshots and checkpoints first.", SNAPSHOTS)
        .flag("Do not ask before a cascade.", YES)
        .dryRun("Say what would be done.")
        .domains()
        .footer(
            "Storage is upper and work directories, the root if that is a directory, images, and"
                + " layers that nobody needs any more. Volumes, other directories of the host that"
                + " are mounted in the guest, and all that another domain uses are kept.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    boolean storage = arguments.flag(STORAGE);
    if (!arguments.dryRun()) {
      if (storage) {
        session.requireRoot("undefine " + STORAGE);
      }
      session.requireWriter("undefine");
    }
    List<String> names = arguments.from(0);
    if (arguments.flag(CASCADE)) {
      List<String> named = new ArrayList<>();
      names.forEach(text -> named.add(session.find(text)));
      Cascade cascade = Cascade.of(session.driver(), named);
      names = cascade.order();
      print(session, cascade, named);
      boolean more = names.size() > new HashSet<>(named).size();
      if (more && !arguments.dryRun() && !arguments.flag(YES)) {
        confirm(session, arguments, names.size());
      }
    }
    EachDomain domains = new EachDomain(session, names);
    UndefineOperation operation = new UndefineOperation(session.driver());
    if (arguments.dryRun()) {
      Set<String> gone = new HashSet<>();
      return domains.run(name -> rehearse(session, arguments, operation, name, gone));
    }
    return domains.run(
        name -> {
          if (arguments.flag(SAVE) || arguments.flag(SNAPSHOTS)) {
            // What is refused anyway costs no image and no snapshot.
            check(operation, arguments, name);
          }
          if (arguments.flag(SAVE) && new ManagedSave(session.driver(), name).exists()) {
            new ManagedSaveOperation(session.driver()).remove(name);
          }
          if (arguments.flag(SNAPSHOTS)) {
            new SnapshotDeletion(session.driver())
                .all(name)
                .forEach(gone -> session.say("Domain snapshot " + gone + " deleted"));
          }
          undefine(session, operation, name, storage);
        });
  }

  private static void check(UndefineOperation operation, Arguments arguments, String name) {
    if (arguments.flag(STORAGE)) {
      operation.rehearseWithStorage(name, Set.of(), arguments.flag(SAVE));
    } else {
      operation.rehearse(name, Set.of(), arguments.flag(SAVE));
    }
  }

  private static void print(Session session, Cascade cascade, List<String> roots) {
    if (roots.stream().allMatch(root -> cascade.dependants(root).isEmpty())) {
      return;
    }
    List<TreeText.Node> nodes = new ArrayList<>();
    Set<String> shown = new HashSet<>();
    roots.forEach(root -> nodes.add(node(cascade, root, shown)));
    session.out().print(TreeText.render(nodes));
  }

  /** One that is shown already is only named. */
  private static TreeText.Node node(Cascade cascade, String name, Set<String> shown) {
    List<TreeText.Node> children = new ArrayList<>();
    if (shown.add(name)) {
      cascade.dependants(name).forEach(each -> children.add(node(cascade, each, shown)));
    }
    return new TreeText.Node(name, children);
  }

  private static void confirm(Session session, Arguments arguments, int count) throws IOException {
    session.out().flush();
    if (!session.driver().syscalls().isatty(0)) {
      throw arguments.fault(CASCADE + " needs " + YES + " where nobody can be asked");
    }
    if (!Confirmation.of(
        session,
        "Undefine these "
            + count
            + " domains"
            + (arguments.flag(STORAGE) ? " and remove their storage?" : "?"))) {
      throw new OperationFailedException("nothing was undefined");
    }
  }

  private static void rehearse(
      Session session,
      Arguments arguments,
      UndefineOperation operation,
      String name,
      Set<String> gone) {
    boolean discard = arguments.flag(SAVE) && new ManagedSave(session.driver(), name).exists();
    if (arguments.flag(SNAPSHOTS)) {
      new SnapshotDeletion(session.driver())
          .expiring(name, 0, 0)
          .forEach(
              snapshot -> {
                session.say(DryRun.wouldDelete(snapshot.name()));
                gone.add(snapshot.user());
              });
    } else {
      operation.checkSnapshots(name);
    }
    if (arguments.flag(STORAGE)) {
      Plan plan = operation.rehearseWithStorage(name, gone, discard);
      if (discard) {
        session.err().println(DryRun.wouldDiscard(name));
      }
      Warnings.print(session.err(), plan);
      session.out().print(PlanText.render(plan));
    } else {
      List<HostUse> kept = operation.rehearse(name, gone, discard);
      if (discard) {
        session.say(DryRun.wouldDiscard(name));
      }
      session.say("would undefine domain '" + name + "'");
      kept.forEach(use -> session.say("  %s '%s' stays".formatted(use.role().noun(), use.path())));
    }
    gone.add(name);
  }

  private static void undefine(
      Session session, UndefineOperation operation, String name, boolean storage) {
    if (!storage) {
      operation.run(name);
      session.say("Domain '" + name + "' has been undefined");
      return;
    }
    UndefineOperation.Removed removed = operation.runWithStorage(name);
    Warnings.print(session.err(), removed.plan());
    session.say("Domain '" + name + "' has been undefined");
    removed.paths().forEach(path -> session.say("  " + path + " removed"));
  }
}
