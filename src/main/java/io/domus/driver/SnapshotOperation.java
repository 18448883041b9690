// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.CloneOrder;
import io.domus.compiler.LiveSource;
import io.domus.compiler.ProcessDump;
import io.domus.compiler.SnapshotCompiler;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.CriuOptions;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainException;
import io.domus.domain.DomainState;
import io.domus.domain.NetworkDef;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.domain.Origin;
import io.domus.domain.ResourceBusyException;
import io.domus.domain.SavePaths;
import io.domus.domain.SnapshotDef;
import io.domus.domain.SnapshotPaths;
import io.domus.domain.Transitions;
import io.domus.domain.Verb;
import io.domus.executor.StepFailedException;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.store.DomainLock;
import io.domus.store.DomainRecord;
import io.domus.store.LayerStore;
import io.domus.store.SnapshotStore;
import io.domus.store.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Sets aside what a domain is now: its filesystems, and its processes if it runs. */
public final class SnapshotOperation {
  /**
   * What is wanted.
   *
   * @param name empty if it is to be made of the time
   * @param wanted what of a running domain
   * @param options in addition to what the definition says
   */
  public record Request(
      Optional<String> name, Optional<String> description, Wanted wanted, CriuOptions options) {
    public Request {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(description, "description");
      Objects.requireNonNull(wanted, "wanted");
      Objects.requireNonNull(options, "options");
    }
  }

  /** What of a running domain is set aside, and whether it goes on. */
  public enum Wanted {
    /** Filesystems alone. */
    DISK,
    /** Processes, too; the guest goes on. */
    ALL,
    /** The same; it ends, so that nothing needs to be copied. */
    ALL_AND_STOP
  }

  private final Driver driver;
  private final SnapshotStore snapshots;
  private final String verb;
  private final CheckpointGate gate;

  public SnapshotOperation(Driver driver) {
    this(driver, "snapshot");
  }

  /**
   * @param verb what it is done for, as it stands in "cannot … domain 'web'"
   */
  public SnapshotOperation(Driver driver, String verb) {
    this.driver = driver;
    this.verb = verb;
    this.gate = new CheckpointGate(driver);
    this.snapshots = new SnapshotStore(driver.layout());
  }

  /** What a running guest is there for; of a domain that is off, its filesystems. */
  public StoredSnapshot create(String domain, Request request) {
    return run(domain, named(domain, request), false);
  }

  /** The domain must run: its processes are what is wanted. */
  public StoredSnapshot checkpoint(String domain, Request request) {
    return run(domain, named(domain, request), true);
  }

  private StoredSnapshot run(String domain, Request request, boolean running) {
    try (DomainLock _ = driver.shareLayers(cannot(domain));
        DomainJob job = DomainJob.beginExisting(driver, domain, verb)) {
      if (running) {
        Transitions.check(domain, job.state(), Verb.CHECKPOINT, verb);
      } else if (!job.state().active()) {
        new ManagedSave(driver, domain).refuse(cannot(domain) + ": ", "");
      }
      return create(domain, job, request);
    } catch (IOException failure) {
      throw failed(domain, failure);
    }
  }

  /** The locks are held; a managed save image goes into the snapshot. */
  StoredSnapshot create(String domain, DomainJob job, Request request) {
    try {
      checkName(domain, request);
      if (!driver.definitions().exists(domain)) {
        throw new OperationInvalidException(
            "cannot " + verb + " transient domain '" + domain + "'");
      }
      Definition definition = new DefinitionReader(driver).present(domain);
      if (job.state().active() && request.wanted() != Wanted.DISK) {
        gate.checkUser(cannot(domain) + ": ", domain, job.state());
      }
      if (job.state().active() && request.wanted() == Wanted.ALL) {
        gate.check(
            definition.domain(),
            CriuOptions.of(definition.domain().checkpoint()).and(request.options()),
            job.record().orElseThrow(),
            cannot(domain) + ": ");
      }
      boolean stop = job.state().active() && request.wanted() == Wanted.ALL_AND_STOP;
      DomainState state = job.state();
      if (stop) {
        // Whatever cannot be set aside is told before the guest has ended.
        compile(domain, definition, request, state, Optional.empty());
        new ManagedSaveOperation(driver, verb).run(domain, job, request.options());
      }
      Compiled compiled =
          compile(
              domain,
              definition,
              request,
              state,
              stop || !state.active() ? Optional.empty() : live(domain, definition, request));
      try {
        carryOut(domain, compiled);
      } catch (DomainException failure) {
        if (stop) {
          goOn(domain, failure);
        }
        throw failure;
      }
      snapshots.current(domain, Optional.of(compiled.contents().description().name()));
      StoredSnapshot made =
          snapshots.find(domain, compiled.contents().description().name()).orElseThrow();
      checkOptions(made, compiled);
      driver.note(domain, "snapshot", made.name());
      return made;
    } catch (ConfigUnsupportedException unsupported) {
      throw unsupported.getMessage().startsWith("cannot ")
          ? unsupported
          : new ConfigUnsupportedException(
              cannot(domain) + ": " + unsupported.getMessage(), unsupported);
    } catch (IOException failure) {
      throw failed(domain, failure);
    }
  }

  /** Without them the images are not what was asked for. */
  private void checkOptions(StoredSnapshot made, Compiled compiled) throws IOException {
    Optional<String> unread =
        compiled.contents().dump().isPresent()
            ? new ManagedSave(driver, made.domain()).log().unread(made.paths().image())
            : Optional.empty();
    if (unread.isPresent()) {
      new SnapshotDeletion(driver).run(made);
      throw new OperationFailedException(cannot(made.domain()) + ": " + unread.get());
    }
  }

  /** A guest that was ended for what failed: as if nothing had been asked. */
  private void goOn(String domain, DomainException failure) {
    try {
      new StartSequence(driver).restore(domain);
    } catch (DomainException second) {
      failure.addSuppressed(second);
    }
  }

  /** The plans of {@link #checkpoint}: a guest that is to end is saved first. */
  public List<Plan> rehearseCheckpoint(String domain, Request request) {
    Transitions.check(
        domain, new DomainView(driver).one(domain).condition().state(), Verb.CHECKPOINT, verb);
    return rehearseCreate(domain, request);
  }

  /** The plans of {@link #create}, as far as nothing is in the way of a dump. */
  public List<Plan> rehearseCreate(String domain, Request request) {
    try {
      Optional<DomainRecord> record =
          new DomainView(driver).record(domain).filter(LiveState::guestAlive);
      if (record.isPresent() && request.wanted() != Wanted.DISK) {
        DomainDef definition = new DefinitionReader(driver).present(domain).domain();
        gate.checkUser(cannot(domain) + ": ", domain, LiveState.condition(record.get()).state());
        gate.check(
            definition,
            CriuOptions.of(definition.checkpoint()).and(request.options()),
            record.get(),
            cannot(domain) + ": ");
      }
      Plan plan = rehearse(domain, request);
      return record.isPresent() && request.wanted() == Wanted.ALL_AND_STOP
          ? List.of(new ManagedSaveOperation(driver).plan(domain, request.options()), plan)
          : List.of(plan);
    } catch (IOException failure) {
      throw failed(domain, failure);
    }
  }

  /** The plan for a domain as it is now. */
  public Plan rehearse(String domain, Request wanted) {
    Request request = named(domain, wanted);
    try {
      checkName(domain, request);
      Definition definition = new DefinitionReader(driver).present(domain);
      DomainState state = new DomainView(driver).one(domain).condition().state();
      boolean live = state.active() && request.wanted() != Wanted.ALL_AND_STOP;
      return compile(
              domain,
              definition,
              request,
              state,
              live ? live(domain, definition, request) : Optional.empty())
          .plan();
    } catch (IOException failure) {
      throw failed(domain, failure);
    }
  }

  private record Compiled(
      DomainDef source, boolean runs, SnapshotCompiler.Contents contents, Plan plan) {}

  private Optional<LiveSource> live(String domain, Definition definition, Request request)
      throws IOException {
    return inquiry().live(definition.domain(), dump(domain, definition, request));
  }

  private Optional<ProcessDump> dump(String domain, Definition definition, Request request)
      throws IOException {
    if (request.wanted() == Wanted.DISK) {
      return Optional.empty();
    }
    SnapshotPaths paths = driver.layout().checkpoint(domain, name(request));
    CriuOptions options = CriuOptions.of(definition.domain().checkpoint()).and(request.options());
    return Optional.of(inquiry().dump(definition.domain(), paths.image(), options));
  }

  private CloneInquiry inquiry() {
    return new CloneInquiry(driver, driver.layers());
  }

  private Compiled compile(
      String domain,
      Definition definition,
      Request request,
      DomainState state,
      Optional<LiveSource> live)
      throws IOException {
    SnapshotPaths paths = driver.layout().checkpoint(domain, name(request));
    SavePaths save = SavePaths.of(driver.layout().domain(domain));
    Optional<Path> image =
        live.isEmpty() && Files.isDirectory(save.saved())
            ? Optional.of(save.saved())
            : Optional.empty();
    Optional<ProcessDump> dump = live.flatMap(LiveSource::dump);
    SnapshotCompiler.Contents contents =
        new SnapshotCompiler.Contents(
            describe(domain, request, state, image.isPresent() || dump.isPresent()),
            paths,
            image,
            dump,
            LiveInterfaces.source(definition));
    LayerStore layers = driver.layers();
    DomainDef whole = driver.withLayers(definition.domain(), layers);
    CloneOrder order =
        new CloneInquiry(driver, layers).snapshot(definition.domain(), paths.directory(), live);
    Plan plan =
        SnapshotCompiler.compile(
            order, contents, driver.probe().facts(whole), driver.layout().snapshotWork(domain));
    SourceGate.sources(verb + " domain '" + domain + "'", plan);
    new Dependants(driver).checkMoves(definition.domain(), plan, cannot(domain));
    return new Compiled(whole, live.isPresent(), contents, plan);
  }

  private SnapshotDef describe(String domain, Request request, DomainState state, boolean memory)
      throws IOException {
    SnapshotDef.State then =
        switch (state) {
          case RUNNING -> memory ? SnapshotDef.State.RUNNING : SnapshotDef.State.DISK_SNAPSHOT;
          case PAUSED -> memory ? SnapshotDef.State.PAUSED : SnapshotDef.State.DISK_SNAPSHOT;
          case SHUT_OFF, CRASHED -> memory ? SnapshotDef.State.RUNNING : SnapshotDef.State.SHUTOFF;
        };
    return new SnapshotDef(
        Optional.of(name(request)),
        request.description(),
        Optional.of(Instant.now()),
        Optional.of(then),
        snapshots.current(domain).map(StoredSnapshot::name),
        Optional.of(memory ? new SnapshotDef.Memory.Internal() : new SnapshotDef.Memory.None()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Origin.NONE);
  }

  private void carryOut(String domain, Compiled compiled) {
    try {
      StorageSequence sequence = new StorageSequence(driver);
      if (compiled.runs()) {
        sequence.run(compiled.plan(), domain, List.of(domain));
      } else {
        sequence.run(
            compiled.plan(),
            domain,
            List.of(domain),
            ClaimList.of(compiled.source(), driver.syscalls(), driver.layout().domain(domain)),
            domain);
      }
    } catch (ResourceBusyException busy) {
      throw new ResourceBusyException(cannot(domain) + ": " + busy.getMessage(), busy);
    } catch (StepFailedException failure) {
      throw new OperationFailedException(cannot(domain) + ": " + why(compiled, failure), failure);
    } catch (IOException failure) {
      throw failed(domain, failure);
    }
  }

  /** CRIU has said more of a dump than its caller heard. */
  private String why(Compiled compiled, StepFailedException failure) {
    boolean dumped =
        compiled.contents().dump().isPresent()
            && failure.step() instanceof Step.RunCommand run
            && run.command().argv().contains("checkpoint");
    try {
      return dumped
          ? new ManagedSave(driver, compiled.source().name())
              .log()
              .explain(failure.getMessage(), gate::inability)
          : failure.getMessage();
    } catch (IOException unreadable) {
      failure.addSuppressed(unreadable);
      return failure.getMessage();
    }
  }

  /** One that can be had for the asking: seconds since 1970, as virsh names them. */
  private Request named(String domain, Request request) {
    if (request.name().isPresent()) {
      return request;
    }
    long seconds = Instant.now().getEpochSecond();
    while (snapshots.isTaken(domain, Long.toString(seconds))) {
      seconds++;
    }
    return new Request(
        Optional.of(Long.toString(seconds)),
        request.description(),
        request.wanted(),
        request.options());
  }

  private static String name(Request request) {
    return request.name().orElseThrow();
  }

  private void checkName(String domain, Request request) {
    String name = name(request);
    if (!NetworkDef.isName(name)) {
      throw new OperationInvalidException(
          cannot(domain) + ": '" + name + "' is no name for a snapshot: " + NetworkDef.NAME_RULE);
    }
    if (snapshots.isTaken(domain, name)) {
      throw new OperationInvalidException(
          cannot(domain) + ": snapshot '" + name + "' already exists");
    }
  }

  private String cannot(String domain) {
    return "cannot " + verb + " domain '" + domain + "'";
  }

  private DomainException failed(String domain, Exception failure) {
    return new OperationFailedException(cannot(domain) + ": " + failure.getMessage(), failure);
  }
}
