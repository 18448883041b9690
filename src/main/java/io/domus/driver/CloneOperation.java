// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.CloneCompiler;
import io.domus.compiler.CloneOrder;
import io.domus.compiler.HostFacts;
import io.domus.domain.Condition;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.CriuOptions;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainException;
import io.domus.domain.DomainExistsException;
import io.domus.domain.DomainPaths;
import io.domus.domain.DomainState;
import io.domus.domain.GuestIdentity;
import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.domain.ResourceBusyException;
import io.domus.domain.StorageKind;
import io.domus.domain.Transitions;
import io.domus.domain.Verb;
import io.domus.executor.StepFailedException;
import io.domus.plan.Plan;
import io.domus.store.DomainLock;
import io.domus.store.LayerLease;
import io.domus.store.LayerStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a domain like another one that is off: of shared layers where its storage has them, of a
 * copy where not.
 */
public final class CloneOperation {
  private final Driver driver;

  private final boolean ephemeral;

  public CloneOperation(Driver driver) {
    this(driver, false);
  }

  private CloneOperation(Driver driver, boolean ephemeral) {
    this.driver = driver;
    this.ephemeral = ephemeral;
  }

  /** For a clone that is started and gone with its run. */
  public static CloneOperation ephemeral(Driver driver) {
    return new CloneOperation(driver, true);
  }

  /** As messages call it. */
  private String doing(String from) {
    return (ephemeral ? "start an ephemeral run of domain '" : "clone domain '") + from + "'";
  }

  /**
   * What the clone is to be like.
   *
   * @param storage below which directory the clone's own is made; empty for the usual place
   * @param change what is changed in the guest's own files
   * @param keepMac whether the interfaces keep their addresses
   * @param live whether the source may run: it then stands still for a moment
   * @param memory if the clone is to go on from the source's processes, how these are dumped
   */
  public record Request(
      CloneOrder.Mode mode,
      Optional<StorageKind> kind,
      Optional<Long> size,
      CloneOrder.ImageFilesystem filesystem,
      Optional<Path> storage,
      Set<GuestIdentity.Part> change,
      boolean keepMac,
      boolean live,
      Optional<CriuOptions> memory) {
    /** All as it comes. */
    public static final Request DEFAULT =
        new Request(
            CloneOrder.Mode.DEFAULT,
            Optional.empty(),
            Optional.empty(),
            CloneOrder.ImageFilesystem.EXT4,
            Optional.empty(),
            Set.of(GuestIdentity.Part.values()),
            false,
            false);

    /** The same, sharing layers. */
    public Request linked() {
      return new Request(
          CloneOrder.Mode.LINKED, kind, size, filesystem, storage, change, keepMac, live, memory);
    }

    /** Of filesystems alone. */
    public Request(
        CloneOrder.Mode mode,
        Optional<StorageKind> kind,
        Optional<Long> size,
        CloneOrder.ImageFilesystem filesystem,
        Optional<Path> storage,
        Set<GuestIdentity.Part> change,
        boolean keepMac,
        boolean live) {
      this(mode, kind, size, filesystem, storage, change, keepMac, live, Optional.empty());
    }

    /** The same, going on from the source's processes, which are dumped so. */
    public Request withMemory(CriuOptions options) {
      return new Request(
          mode, kind, size, filesystem, storage, change, keepMac, true, Optional.of(options));
    }

    public Request {
      change = Set.copyOf(change);
    }
  }

  /** The plan that was carried out, and the clone's definition. */
  public CloneCompiler.Result run(String from, String to, Request request) {
    checkName(from, to);
    try (DomainLock _ = storeLock(from, to);
        DomainPair _ = DomainPair.begin(driver, from, to, "clone")) {
      Compiled compiled = compile(from, to, request);
      carryOut(compiled, to);
      driver
          .events()
          .append(
              to,
              compiled.result().definition().uuid(),
              LifecycleEvent.DEFINED_ADDED,
              "cloned from " + from);
      if (compiled.runs() && request.memory().isPresent()) {
        new StartSequence(driver).restore(to);
      }
      return compiled.result();
    } catch (IOException failure) {
      throw failed(from, to, failure);
    }
  }

  /** Checks all that {@link #run} checks, and changes nothing. */
  public CloneCompiler.Result rehearse(String from, String to, Request request) {
    checkName(from, to);
    return compile(from, to, request).result();
  }

  /** Of a clone that stays. */
  private Compiled compile(String from, String to, Request request) {
    Compiled compiled = compile(from, to, request, stored(to));
    StartCycleGate.check(driver, "clone '" + to + "'", compiled.result().definition());
    return compiled;
  }

  /**
   * What is to be done, and of what.
   *
   * @param source with its layers
   * @param runs whether the source does
   */
  record Compiled(DomainDef source, boolean runs, CloneCompiler.Result result) {}

  /** What makes the clone known, once it is clear what is cloned. */
  @FunctionalInterface
  interface Ending {
    CloneCompiler.Ending of(CloneOrder order);
  }

  private Ending stored(String to) {
    return order -> CloneCompiler.stored(order, driver.layout().domain(to));
  }

  DomainLock storeLock(String from, String to) throws IOException {
    return driver.shareLayers("cannot " + doing(from) + " as '" + to + "'");
  }

  /** The locks of both are held, unless nothing is to be changed. */
  Compiled compile(String from, String to, Request request, Ending ending) {
    Condition condition = new DomainView(driver).one(from).condition();
    try {
      DomainDef source = checked(from, to, condition, request);
      if (condition.state().active() && request.memory().isPresent()) {
        gate(source, request.memory().get());
      }
      LayerStore layers = driver.layers();
      DomainDef whole = driver.withLayers(source, layers);
      HostProbe probe = driver.probe();
      if (request.kind().filter(kind -> kind == StorageKind.QCOW2).isPresent()) {
        probe.withQcow();
      }
      HostFacts facts = probe.facts(whole);
      CloneOrder order = new CloneInquiry(driver, layers).order(source, to, request);
      DomainPaths paths = driver.layout().domain(to);
      CloneCompiler.Result result = CloneCompiler.compile(order, facts, paths, ending.of(order));
      SourceGate.sources(doing(from), result.plan());
      new Dependants(driver).checkMoves(source, result.plan(), "cannot " + doing(from));
      return new Compiled(whole, condition.state().active(), result);
    } catch (ConfigUnsupportedException unsupported) {
      throw new ConfigUnsupportedException(
          "cannot " + doing(from) + ": " + unsupported.getMessage(), unsupported);
    } catch (IOException failure) {
      throw failed(from, to, failure);
    }
  }

  /** What keeps CRIU from dumping the guest is told before it is touched. */
  private void gate(DomainDef source, CriuOptions more) throws IOException {
    new CheckpointGate(driver)
        .check(
            source,
            CriuOptions.of(source.checkpoint()).and(more),
            driver.statuses().read(source.name()).orElseThrow(),
            "");
  }

  /** Nobody may use what is sealed or copied meanwhile, in no root of this host. */
  void carryOut(Compiled compiled, String to) {
    String from = compiled.source().name();
    Plan plan = compiled.result().plan();
    try {
      if (compiled.runs()) {
        new StorageSequence(driver).run(plan, to, List.of(from, to));
        return;
      }
      List<LayerLease.Claim> claims =
          ClaimList.of(compiled.source(), driver.syscalls(), driver.layout().domain(from));
      new StorageSequence(driver).run(plan, to, List.of(from, to), claims, from);
    } catch (ResourceBusyException busy) {
      throw new ResourceBusyException("cannot " + doing(from) + ": " + busy.getMessage(), busy);
    } catch (IOException | StepFailedException failure) {
      throw failed(from, to, failure);
    }
  }

  private DomainDef checked(String from, String to, Condition condition, Request request) {
    boolean stored = driver.definitions().exists(from);
    if (!request.live() && (!stored || !Transitions.allowed(condition.state(), Verb.CLONE))) {
      String state = stored ? condition.state().text() : "transient";
      throw new OperationInvalidException(
          "cannot " + doing(from) + ": domain is " + state + remedy(from, condition, request));
    }
    if (driver.definitions().exists(to) || new DomainView(driver).record(to).isPresent()) {
      throw new DomainExistsException(
          "cannot " + doing(from) + ": domain '" + to + "' already exists");
    }
    return new DefinitionReader(driver).present(from).domain();
  }

  /** Only where a live clone is certain to be possible, and is what was asked for. */
  private String remedy(String from, Condition condition, Request request) {
    boolean asked = !ephemeral && request.mode() != CloneOrder.Mode.DEFAULT;
    if (asked
        || request.kind().isPresent()
        || !condition.state().active()
        || !SessionProbe.mayStandStill(driver, from, condition.state() == DomainState.PAUSED)
        || !LiveRemedy.helps(new DefinitionReader(driver).present(from).domain())) {
      return "";
    }
    return (ephemeral ? "; 'clone --live'" : "; --live")
        + " clones it as it "
        + (condition.state() == DomainState.RUNNING ? "runs" : "stands");
  }

  static void checkName(String from, String to) {
    if (!DomainDef.isName(to)) {
      throw new InvalidDefinitionException(
          "cannot clone domain '" + from + "' as '" + to + "': " + DomainDef.NAME_RULE);
    }
    if (from.equals(to)) {
      throw new DomainExistsException(
          "cannot clone domain '" + from + "': domain '" + to + "' already exists");
    }
  }

  private DomainException failed(String from, String to, Exception failure) {
    return new OperationFailedException(
        "cannot " + doing(from) + " as '" + to + "': " + failure.getMessage(), failure);
  }
}
