// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.archive.LayerDelta;
import io.domus.compiler.LayerInsertion;
import io.domus.domain.DomainDef;
import io.domus.domain.HookPhase;
import io.domus.domain.OperationFailedException;
import io.domus.domain.UpperLayers;
import io.domus.executor.CopyInterpreter;
import io.domus.executor.CopyProgress;
import io.domus.executor.FileInterpreter;
import io.domus.executor.HookInterpreter;
import io.domus.executor.HookListener;
import io.domus.executor.IdentityInterpreter;
import io.domus.executor.LayerInterpreter;
import io.domus.executor.LinkInterpreter;
import io.domus.executor.LoopInterpreter;
import io.domus.executor.MergeInterpreter;
import io.domus.executor.MonitorCgroup;
import io.domus.executor.MonitorInterpreter;
import io.domus.executor.MountInterpreter;
import io.domus.executor.MountedIds;
import io.domus.executor.NamespaceRunner;
import io.domus.executor.OverlayMount;
import io.domus.executor.PlanExecutor;
import io.domus.executor.ProcessInterpreter;
import io.domus.executor.ProgramInterpreter;
import io.domus.executor.StepInterpreter;
import io.domus.executor.StepObserver;
import io.domus.executor.UnmountInterpreter;
import io.domus.kernel.KernelException;
import io.domus.kernel.MountApi;
import io.domus.kernel.NamespaceThread;
import io.domus.kernel.Syscalls;
import io.domus.store.BootStore;
import io.domus.store.Configuration;
import io.domus.store.DefinitionStore;
import io.domus.store.DomainLock;
import io.domus.store.HostNames;
import io.domus.store.IdRanges;
import io.domus.store.LayerLease;
import io.domus.store.LayerStore;
import io.domus.store.NetworkStatusStore;
import io.domus.store.NetworkStore;
import io.domus.store.StateLayout;
import io.domus.store.StatusStore;
import io.domus.store.UseCache;
import io.domus.tool.CommandRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One root of state and all that works on it; operations are built upon it, one class a verb.
 *
 * @param home where Domus itself lies: its scripts are in {@code conf/libexec} below
 * @param observer is told of every step; does nothing outside of tests
 * @param progress hears how far copies are
 * @param hookListener hears of hooks that failed, beside the file of events
 * @param memory of a process that starts many domains
 * @param settings that hold, whatever is in the file; empty for those of the file
 */
public record Driver(
    StateLayout layout,
    Syscalls syscalls,
    CommandRunner runner,
    Path home,
    StepObserver observer,
    CopyProgress progress,
    HookListener hookListener,
    Optional<StartMemory> memory,
    Optional<Configuration> settings) {
  /** How long an operation waits for another one on the same domain. */
  static final Duration LOCK_PATIENCE = Duration.ofSeconds(15);

  /** One that forgets at once what it has read. */
  public Driver(
      StateLayout layout,
      Syscalls syscalls,
      CommandRunner runner,
      Path home,
      StepObserver observer,
      CopyProgress progress,
      HookListener hookListener) {
    this(
        layout,
        syscalls,
        runner,
        home,
        observer,
        progress,
        hookListener,
        Optional.empty(),
        Optional.empty());
  }

  /** One whose hooks fail unheard. */
  public Driver(
      StateLayout layout,
      Syscalls syscalls,
      CommandRunner runner,
      Path home,
      StepObserver observer,
      CopyProgress progress) {
    this(layout, syscalls, runner, home, observer, progress, HookListener.NONE);
  }

  /** One whose copies nobody watches. */
  public Driver(
      StateLayout layout,
      Syscalls syscalls,
      CommandRunner runner,
      Path home,
      StepObserver observer) {
    this(layout, syscalls, runner, home, observer, CopyProgress.NONE);
  }

  /** The same with another observer. */
  public Driver observedBy(StepObserver other) {
    return new Driver(
        layout, syscalls, runner, home, other, progress, hookListener, memory, settings);
  }

  /** The same with a memory, for as long as it starts many domains. */
  public Driver remembering() {
    if (memory.isPresent()) {
      return this;
    }
    StartMemory starts = new StartMemory(new UseCache(layout, syscalls));
    return new Driver(
        layout,
        syscalls,
        runner,
        home,
        observer,
        progress,
        hookListener,
        Optional.of(starts),
        settings);
  }

  /**
   * The same for who must not be kept from its work by a wrong setting, which is when the host goes
   * down: what is wrong in the file does not hold, and is told.
   */
  public Driver forgiving(Consumer<String> warnings) {
    Path file = layout.configuration();
    Configuration read;
    try {
      read =
          Configuration.read(
              file,
              (line, fault) ->
                  warnings.accept(
                      file + ":" + line + ": warning: " + fault + "; the line is left out"));
    } catch (IOException unreadable) {
      read = Configuration.DEFAULT;
      warnings.accept(
          "warning: cannot read " + file + ", the defaults hold: " + unreadable.getMessage());
    }
    return new Driver(
        layout,
        syscalls,
        runner,
        home,
        observer,
        progress,
        hookListener,
        memory,
        Optional.of(read));
  }

  public DefinitionStore definitions() {
    return new DefinitionStore(layout);
  }

  public StatusStore statuses() {
    return new StatusStore(layout);
  }

  public BootStore boots() {
    return new BootStore(layout);
  }

  public NetworkStore networks() {
    return new NetworkStore(layout);
  }

  public NetworkStatusStore networkStatuses() {
    return new NetworkStatusStore(layout);
  }

  public EventLog events() {
    return new EventLog(layout.events(), layout.eventsLock(), syscalls);
  }

  Configuration configuration() throws IOException {
    return settings.isPresent() ? settings.get() : Configuration.read(layout.configuration());
  }

  /**
   * For a rehearsal, which needs no setting, but is to find what the verb would.
   *
   * @throws io.domus.domain.InvalidDefinitionException if one is wrong
   */
  public void checkSettings() throws IOException {
    configuration();
  }

  public LayerStore layers() {
    return new LayerStore(layout, syscalls);
  }

  /**
   * A definition with the layers that were sealed beneath its upper directories.
   *
   * @throws io.domus.domain.ConfigUnsupportedException if its overlays could not read them
   */
  public DomainDef withLayers(DomainDef domain) {
    return withLayers(domain, layers());
  }

  /** The same, for who asks the store more than this. */
  DomainDef withLayers(DomainDef domain, LayerStore layers) {
    Map<Path, UpperLayers> sealed = new HashMap<>();
    try {
      List<Path> directories = LayerInsertion.uppers(domain);
      directories.addAll(LayerInsertion.directories(domain));
      for (Path directory : directories) {
        UpperLayers beneath = layers.beneath(directory);
        if (!beneath.layers().isEmpty()) {
          sealed.put(directory, beneath);
        }
      }
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot read the layers of domain '" + domain.name() + "': " + failure.getMessage(),
          failure);
    }
    return LayerInsertion.apply(domain, sealed);
  }

  /**
   * Whoever makes or removes layers shares this lock; who prunes them has it alone. It is taken
   * before those of domains.
   *
   * @param cannot begins the message if somebody prunes
   */
  DomainLock shareLayers(String cannot) throws IOException {
    return DomainLock.share(syscalls, layout.layersLock(), LOCK_PATIENCE, cannot);
  }

  LayerLease leases() {
    return new LayerLease(syscalls, layout, LiveState::guestAlive);
  }

  HostNames hostNames() {
    return new HostNames(syscalls, layout, LiveState::guestAlive);
  }

  IdRanges idRanges() {
    return new IdRanges(syscalls, layout, hostNames(), StateLayout.idRanges());
  }

  HostProbe probe() {
    return new HostProbe(this);
  }

  /** Writes down what is no turn in a domain's life, as {@link EventLog} has it. */
  void note(String domain, String event, String detail) throws IOException {
    events().append(domain, new DefinitionReader(this).uuid(domain), event, detail);
  }

  private void hookFailed(String domain, Path hook, HookPhase phase, String why) {
    try {
      note(domain, "hook-failed", hook + " " + phase.text() + ": " + why);
    } catch (IOException unwritten) {
      hookListener.failed(
          domain, hook, phase, why + " (not noted: " + unwritten.getMessage() + ")");
      return;
    }
    hookListener.failed(domain, hook, phase, why);
  }

  /** What carries out plans, and what it holds open until everything is mounted. */
  record Machinery(PlanExecutor executor, LoopInterpreter loops, MountedIds ids) {
    /** Everything is mounted, or nothing will be. */
    void releaseHeld() throws KernelException {
      loops.releaseHeld();
      ids.releaseHeld();
    }
  }

  /**
   * @param unmountIn where unmounts happen
   */
  Machinery machinery(NamespaceRunner unmountIn) {
    LoopInterpreter loops = new LoopInterpreter(syscalls);
    MountedIds ids = new MountedIds(syscalls);
    MonitorCgroup home = layout.isSession() ? SessionProbe.monitors() : MonitorCgroup.ofHost();
    ProgramInterpreter programs =
        new ProgramInterpreter(
            runner,
            (command, limit) ->
                new NamespaceThread(syscalls).inNew(() -> runner.run(command, limit)),
            home,
            layout.home().data());
    CopyInterpreter copies = new CopyInterpreter(runner, syscalls, progress);
    StepInterpreter interpreter =
        new StepInterpreter(
            new FileInterpreter(),
            new MountInterpreter(
                syscalls, new OverlayMount(syscalls, MountApi.appendsLower(syscalls)), ids),
            new UnmountInterpreter(syscalls, unmountIn),
            loops,
            programs,
            copies,
            new MonitorInterpreter(runner, home),
            new ProcessInterpreter(syscalls, home),
            new LayerInterpreter(syscalls),
            new IdentityInterpreter(syscalls),
            new MergeInterpreter(syscalls, copies::copyTree),
            new LayerDelta(syscalls, runner),
            new LinkInterpreter(runner, new NamespaceThread(syscalls)),
            new HookInterpreter(runner, this::hookFailed));
    return new Machinery(new PlanExecutor(interpreter, observer), loops, ids);
  }
}
