// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.CriuOptions;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.GuestMac;
import io.domus.domain.IdMap;
import io.domus.domain.NetInterface;
import io.domus.domain.SavePaths;
import io.domus.domain.SavedGuest;
import io.domus.oci.OciMount;
import io.domus.oci.RuntimeSpec;
import io.domus.oci.RuntimeSpecJson;
import io.domus.plan.MountFlags;
import io.domus.plan.MountSpec;
import io.domus.plan.Note;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import io.domus.tool.Command;
import io.domus.tool.Conmon;
import io.domus.tool.Criu;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code start} does: prepare filesystems, write the configuration, start monitor and guest.
 */
public final class StartCompiler {
  private static final Path UNIFIED = Path.of("/sys/fs/cgroup/unified");

  /** The staging tmpfs holds nothing but mount points. */
  private static final long STAGING_BYTES = 1 << 20;

  private StartCompiler() {}

  /**
   * @throws ConfigUnsupportedException if the host lacks what the definition needs
   */
  public static Plan compile(DomainDef domain, HostFacts facts, DomainPaths paths) {
    return compile(domain, Optional.empty(), facts, paths);
  }

  /**
   * The guest goes on from its managed save image. It stands still at the end of the plan: what it
   * writes from then on no longer fits the image, so it may go on only when the run is on record.
   *
   * @param saved what is known of the image
   * @throws ConfigUnsupportedException if the host lacks what the definition needs
   */
  public static Plan restore(
      DomainDef domain, SavedGuest saved, HostFacts facts, DomainPaths paths) {
    return compile(domain, Optional.of(saved), facts, paths);
  }

  private static Plan compile(
      DomainDef domain, Optional<SavedGuest> dumped, HostFacts facts, DomainPaths paths) {
    Draft draft = new Draft(facts, paths);
    if (facts.session().isPresent()) {
      SessionRules.check(domain, facts.session().get());
      SessionRules.warn(domain, facts.session().get(), draft);
    }
    facts
        .mapping()
        .filter(mapping -> !mapping.kept())
        .ifPresent(mapping -> draft.warn(provisional(mapping.range()), domain.idmap().origin()));
    draft.memoryBytes(domain.memory());
    HookCompiler hooks = new HookCompiler(domain, facts.hooks(), paths);
    hooks.prepare().forEach(draft::add);
    directories(draft);
    if (facts.hybridCgroups()) {
      draft.add(facts.session().isPresent() ? coverUnified() : hideUnified());
    }
    draft.add(staging(paths, "mount points that the host never sees"));
    List<GuestLink> links = links(domain, draft);
    List<OciMount> mounts = mounts(domain, draft);
    mounts.addAll(
        new NameFiles(draft).mounts(domain, links, dumped.flatMap(SavedGuest::nameFiles)));
    RuntimeSpec spec = ConfigCompiler.compile(domain, draft, mounts);
    draft.add(
        new Step.WriteFile(
            paths.config(), RuntimeSpecJson.write(spec), 0600, Note.of("OCI configuration")));
    LinkCompiler connections = new LinkCompiler(paths, links, guest(dumped));
    connections.prepare().forEach(draft::add);
    hooks.start().forEach(draft::add);
    dumped.ifPresentOrElse(
        saved -> restored(domain, saved, connections, draft),
        () -> started(domain, links, connections, draft));
    hooks.started().forEach(draft::add);
    Operation operation = dumped.isPresent() ? Operation.RESTORE : Operation.START;
    return new Plan(domain.name(), operation, draft.strategy(), draft.steps(), draft.warnings());
  }

  private static String provisional(IdMap.Range range) {
    return "the guest's ids on the host, "
        + range.hostText()
        + ", are provisional: they are free now, and chosen at the first start";
  }

  private static List<GuestLink> links(DomainDef domain, Draft draft) {
    List<LinkFacts> facts = new ArrayList<>();
    for (NetInterface each : domain.interfaces()) {
      LinkFacts found = draft.facts().link(facts.size());
      found.missing().ifPresent(missing -> draft.warn(missing.assumption(), each.origin()));
      facts.add(found);
    }
    return LinkResolver.resolve(GuestMac.complete(domain), facts, draft.facts().session());
  }

  private static void started(
      DomainDef domain, List<GuestLink> links, LinkCompiler connections, Draft draft) {
    DomainPaths paths = draft.paths();
    draft.add(
        monitor(
            domain,
            draft,
            MonitorCompiler.command(domain, draft, Optional.empty()),
            MonitorCompiler.undo(draft),
            "container with init " + domain.os().init()));
    connections.connect().forEach(draft::add);
    UserLinkCompiler.connect(links, draft.facts().tools(), paths).forEach(draft::add);
    draft.add(
        new Step.RunCommand(
            MonitorCompiler.crun(draft).start(paths.containerId()),
            false,
            Undo.NOTHING,
            Note.of("run the guest's init", domain.os().initOrigin())));
  }

  private static LinkCompiler.Guest guest(Optional<SavedGuest> dumped) {
    if (dumped.isEmpty()) {
      return LinkCompiler.Guest.NEW;
    }
    return dumped.get().hostname().isPresent()
        ? LinkCompiler.Guest.COPIED
        : LinkCompiler.Guest.RESTORED;
  }

  private static void restored(
      DomainDef domain, SavedGuest saved, LinkCompiler connections, Draft draft) {
    CriuOptions options = saved.options();
    SavePaths save = SavePaths.of(draft.paths());
    Path configuration = draft.paths().bundle().resolve("criu.conf");
    List<String> lines = new ArrayList<>(ProcessDump.configuration(options));
    lines.add("leave-stopped");
    lines.addAll(connections.externals());
    draft.add(
        new Step.WriteFile(
            configuration,
            String.join("\n", lines) + "\n",
            0600,
            Note.of("options that the runtime has no words for")));
    draft.add(
        new Step.MoveIntoPlace(
            save.saved(), save.resuming(), false, Note.of("the image serves for one run")));
    String cgroup = draft.paths().cgroup(domain);
    saved
        .cgroup()
        .filter(former -> !former.equals(cgroup))
        .ifPresent(
            former ->
                draft.add(
                    new Step.RenameCgroup(
                        SavePaths.images(save.resuming()).resolve("cgroup.img"),
                        former,
                        cgroup,
                        Note.of("the processes were in another guest's cgroup"))));
    draft.add(
        new Step.RearmTimers(
            SavePaths.images(save.resuming()).resolve("files.img"),
            Note.of("timers that rang unheard at the dump ring on")));
    draft.add(new Step.MakeDirectory(save.work(), 0700, Note.of("log of the restore")));
    draft.add(new Step.RemoveFile(save.restoreLog(), Note.of("log of the restore before")));
    Conmon.Restored from =
        new Conmon.Restored(
            SavePaths.images(save.resuming()),
            save.work(),
            ProcessDump.words(MonitorCompiler.crun(draft), options));
    Command command = MonitorCompiler.command(domain, draft, Optional.of(from));
    draft.add(
        monitor(
            domain,
            draft,
            Criu.configured(Criu.withoutBreakpoints(command), configuration),
            MonitorCompiler.undoRestore(domain, draft),
            "container with the processes of the image"));
    connections.connect().forEach(draft::add);
    saved
        .hostname()
        .ifPresent(
            name ->
                draft.add(
                    new Step.RunCommand(
                        Command.of(
                            draft.facts().tools().hostnameScript().toString(),
                            draft.paths().initPid().toString(),
                            name),
                        false,
                        Undo.NOTHING,
                        Note.of("the guest was dumped from another one"))));
  }

  private static Step monitor(
      DomainDef domain, Draft draft, Command command, Undo undo, String purpose) {
    DomainPaths paths = draft.paths();
    return new Step.StartMonitor(
        command,
        paths.initPid(),
        paths.monitorPid(),
        undo,
        Note.of(purpose, domain.os().initOrigin()));
  }

  static Step hideUnified() {
    return new Step.HideMount(
        UNIFIED, Note.of("the runtime refuses cgroup v2 controllers beside v1"));
  }

  /** Where what the host has mounted cannot be taken away, it can be covered. */
  private static Step coverUnified() {
    return new Step.MountFilesystem(
        new MountSpec.Tmpfs(STAGING_BYTES, 0755, MountFlags.READONLY),
        UNIFIED,
        Optional.empty(),
        Note.of("the runtime refuses cgroup v2 controllers beside v1"));
  }

  static Step staging(DomainPaths paths, String purpose) {
    return new Step.MountFilesystem(
        new MountSpec.Tmpfs(STAGING_BYTES, 0755, MountFlags.NONE),
        paths.staging(),
        Optional.empty(),
        Note.of(purpose));
  }

  /** Prepares the sources, and gives what the runtime mounts below the root. */
  static List<OciMount> mounts(DomainDef domain, Draft draft) {
    List<OciMount> mounts = new ArrayList<>(new FilesystemCompiler(draft).compile(domain));
    mounts.addAll(DeviceCompiler.images(domain, draft));
    return mounts;
  }

  private static void directories(Draft draft) {
    DomainPaths paths = draft.paths();
    draft.add(new Step.MakeDirectory(paths.crunRoot(), 0711, Note.of("state of the runtime")));
    draft.add(new Step.MakeDirectory(paths.log().getParent(), 0755, Note.of("console logs")));
    draft.add(new Step.MakeDirectory(paths.bundle(), 0711, Note.of("OCI bundle")));
    draft.add(new Step.MakeDirectory(paths.exits(), 0700, Note.of("exit status")));
    draft.add(new Step.MakeDirectory(paths.sockets(), 0700, Note.of("sockets of the monitor")));
    draft.add(new Step.MakeDirectory(paths.devices(), 0700, Note.of("links to devices")));
    draft.add(new Step.MakeDirectory(paths.staging(), 0711, Note.of("staging of mounts")));
  }
}
