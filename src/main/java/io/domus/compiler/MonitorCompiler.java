// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import io.domus.tool.Command;
import io.domus.tool.Conmon;
import io.domus.tool.Crun;
import io.domus.tool.NullGuard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The monitor of a domain: its command line, and what takes back all that it leaves. */
final class MonitorCompiler {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private MonitorCompiler() {}

  static Crun crun(Draft draft) {
    boolean cgroups = draft.facts().session().map(found -> found.cgroup().isPresent()).orElse(true);
    return new Crun(draft.facts().tools().runtime(), draft.paths().crunRoot(), cgroups);
  }

  static Command command(DomainDef domain, Draft draft, Optional<Conmon.Restored> restored) {
    DomainPaths paths = draft.paths();
    List<String> exit = new ArrayList<>();
    exit.add(draft.facts().tools().exitScript().toString());
    exit.add(paths.run().toString());
    exit.add(domain.name());
    exit.addAll(draft.facts().tools().launcher());
    return new Conmon(
            draft.facts().tools().monitor(),
            draft.facts().tools().monitorScript(),
            crun(draft),
            paths.containerId(),
            paths.run(),
            paths.bundle(),
            paths.initPid(),
            paths.monitorPid(),
            paths.run().relativize(paths.log()),
            paths.exits(),
            paths.sockets(),
            ConfigCompiler.terminal(domain),
            guard(domain, draft),
            exit,
            restored)
        .command();
  }

  /** With a terminal, conmon starts the runtime with the null device; else with pipes. */
  private static Optional<NullGuard> guard(DomainDef domain, Draft draft) {
    return ConfigCompiler.terminal(domain) && draft.facts().idmap(domain).present()
        ? Optional.of(new NullGuard(draft.facts().tools().runtimeScript()))
        : Optional.empty();
  }

  /** Kills and deletes the container, waits for the monitor, and removes the files both leave. */
  static Undo undo(Draft draft) {
    return Undo.by(end(draft).toArray(Step[]::new));
  }

  /**
   * The same of one that was to be restored: where that fails, the runtime has made cgroups that it
   * knows nothing of any more, and which the next attempt stumbles over.
   */
  static Undo undoRestore(DomainDef domain, Draft draft) {
    List<Step> steps = end(draft);
    String cgroup = draft.paths().cgroup(domain).substring(1);
    // Of a guest that did run they are gone by now. Who was killed in the middle of a restore has
    // left processes in them that nobody will ever wake.
    steps.add(
        new Step.RemoveCgroup(
            draft.facts().cgroupRoots().stream().map(root -> root.resolve(cgroup)).toList(),
            PATIENCE,
            Note.of("cgroups of a restore that failed")));
    return Undo.by(steps.toArray(Step[]::new));
  }

  private static List<Step> end(Draft draft) {
    DomainPaths paths = draft.paths();
    List<Step> steps = new ArrayList<>();
    steps.add(
        new Step.AwaitSettled(
            paths.initPid(), paths.monitorPid(), PATIENCE, Note.of("creation is over")));
    steps.add(
        new Step.RunCommand(
            crun(draft).delete(paths.containerId(), true),
            true,
            Undo.NOTHING,
            Note.of("kill and delete the container")));
    steps.add(new Step.AwaitEnd(paths.monitorPid(), PATIENCE, Note.of("the monitor is gone")));
    for (Path file : leftovers(paths)) {
      steps.add(new Step.RemoveFile(file, Note.of("left by the monitor")));
    }
    return steps;
  }

  /** conmon removes none of these, and after kill -9 not even its socket link. */
  private static List<Path> leftovers(DomainPaths paths) {
    return List.of(
        paths.sockets().resolve(paths.containerId()),
        paths.bundle().resolve("attach"),
        paths.bundle().resolve("ctl"),
        paths.bundle().resolve("winsz"),
        paths.exits().resolve(paths.containerId()),
        paths.initPid(),
        paths.monitorPid());
  }
}
