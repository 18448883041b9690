// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.archive.CheckpointArchive;
import io.domus.archive.Manifest;
import io.domus.compiler.ImportCompiler;
import io.domus.compiler.Trash;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.CriuOptions;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainException;
import io.domus.domain.DomainExistsException;
import io.domus.domain.DomainState;
import io.domus.domain.Filesystem;
import io.domus.domain.NoSuchDomainException;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.domain.Origin;
import io.domus.domain.OverlayChain;
import io.domus.domain.SavedGuest;
import io.domus.domain.SnapshotDef;
import io.domus.domain.SnapshotPaths;
import io.domus.executor.StepFailedException;
import io.domus.plan.Plan;
import io.domus.store.DomainLock;
import io.domus.store.SnapshotStore;
import io.domus.store.StoredSnapshot;
import io.domus.xml.DomainWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Brings a guest back from an archive, on this host or another one. All of the archive is checked
 * before anything is changed.
 */
public final class ImportOperation {
  /**
   * How.
   *
   * @param name of the domain; that in the archive, if empty
   * @param force whether bases that are not what they were will do
   * @param devices whether layers may hold any device
   * @param host whether the domain may be given directories, images and devices of this host
   * @param start whether the guest goes on at once
   */
  public record Request(
      Optional<String> name,
      boolean force,
      boolean devices,
      boolean host,
      boolean start,
      CriuOptions options) {
    public Request {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(options, "options");
    }
  }

  /**
   * What was done.
   *
   * @param runs whether the guest goes on
   * @param before what a domain that was there has been, if that was kept
   */
  public record Imported(
      String domain, StoredSnapshot snapshot, boolean runs, Optional<String> before) {}

  private final Driver driver;
  private final SnapshotStore snapshots;

  public ImportOperation(Driver driver) {
    this.driver = driver;
    this.snapshots = new SnapshotStore(driver.layout());
  }

  /**
   * @param in read to its end
   * @param from what messages call it
   */
  public Imported run(InputStream in, String from, Request request) {
    Path place = place();
    try (DomainLock _ = driver.shareLayers(cannot(from))) {
      Files.createDirectories(place.getParent());
      try {
        Manifest manifest = CheckpointArchive.read(in, place);
        return run(place, manifest, from, request);
      } finally {
        new StorageSequence(driver).discard(place, "what was unpacked");
      }
    } catch (ConfigUnsupportedException unsupported) {
      throw new ConfigUnsupportedException(
          cannot(from) + ": " + unsupported.getMessage(), unsupported);
    } catch (IOException | StepFailedException failure) {
      throw new OperationFailedException(cannot(from) + ": " + failure.getMessage(), failure);
    }
  }

  /**
   * What would be done.
   *
   * @param domain its name
   * @param plan for what is in the archive; what comes after is that of a snapshot
   */
  public record Checked(String domain, Plan plan) {
    public Checked {
      Objects.requireNonNull(domain, "domain");
      Objects.requireNonNull(plan, "plan");
    }
  }

  /** Checks all of an archive, and that it could be restored here. */
  public Checked check(InputStream in, String from, Request request) {
    Path place = place();
    try (DomainLock _ = driver.shareLayers(cannot(from))) {
      Files.createDirectories(place.getParent());
      try {
        Manifest manifest = CheckpointArchive.read(in, place);
        ArchiveGate.Checked checked = new ArchiveGate(driver, from).check(place, manifest, request);
        String name = checked.name();
        DomainDef definition = checked.archived();
        if (driver.definitions().exists(name)) {
          definition = fitting(definition, manifest.uuid(), name, from);
          refuseActive(name, new DomainView(driver).one(name).condition().state(), from);
        }
        return new Checked(
            name, compile(paths(name, manifest), definition, place, manifest, request));
      } finally {
        new StorageSequence(driver).discard(place, "what was unpacked");
      }
    } catch (IOException failure) {
      throw new OperationFailedException(cannot(from) + ": " + failure.getMessage(), failure);
    }
  }

  private static void refuseActive(String name, DomainState state, String from) {
    if (state.active()) {
      throw new OperationInvalidException(
          "%s: domain '%s' is there, and %s; --name makes another one"
              .formatted(cannot(from), name, state.text()));
    }
  }

  private Path place() {
    return Trash.in(driver.layout().checkpoints(), new LayerIds(driver).hex(6, ""));
  }

  private Imported run(Path place, Manifest manifest, String from, Request request)
      throws IOException, StepFailedException {
    ArchiveGate.Checked checked = new ArchiveGate(driver, from).check(place, manifest, request);
    DomainDef archived = checked.archived();
    String name = checked.name();
    try (DomainLock _ = driver.shareLayers(cannot(from));
        DomainJob job = DomainJob.begin(driver, name, "restore")) {
      boolean there = driver.definitions().exists(name);
      if (!there && job.record().isPresent()) {
        throw new DomainExistsException(
            cannot(from) + ": there is a transient domain '" + name + "'");
      }
      // One that is to be another domain learns its name when that is made.
      DomainDef definition = there ? fitting(archived, manifest.uuid(), name, from) : archived;
      if (there) {
        refuseActive(name, job.state(), from);
      }
      if (there && ArchiveGate.isBare(manifest)) {
        throw new OperationInvalidException(
            cannot(from)
                + ": it holds the base, too, which domain '"
                + name
                + "' has elsewhere; --name makes another domain of it");
      }
      if (!there) {
        // Of somebody who died before there was a domain to them.
        for (StoredSnapshot orphan : snapshots.of(name)) {
          new SnapshotDeletion(driver).run(orphan);
        }
      }
      StoredSnapshot snapshot = keep(name, definition, place, manifest, request);
      Imported done;
      try {
        done =
            there ? revert(name, job, snapshot, request) : spawn(archived, name, snapshot, request);
      } catch (DomainException | IOException failure) {
        try {
          new SnapshotDeletion(driver).run(snapshot);
        } catch (DomainException | IOException second) {
          failure.addSuppressed(second);
        }
        throw failure;
      }
      // The archive has it, and the domain what was in it.
      new SnapshotDeletion(driver).run(snapshot);
      return done;
    }
  }

  private Imported revert(String name, DomainJob job, StoredSnapshot snapshot, Request request)
      throws IOException {
    RevertOperation.Reverted done =
        new RevertOperation(driver)
            .run(
                name,
                job,
                snapshot,
                new RevertOperation.Request(false, false, true, request.options()));
    return new Imported(name, snapshot, done.runs(), done.before());
  }

  private Imported spawn(DomainDef archived, String name, StoredSnapshot snapshot, Request request)
      throws IOException {
    boolean runs = snapshot.memory() && request.start();
    new SpawnOperation(driver).run(snapshot, name, !archived.name().equals(name));
    if (runs) {
      new StartSequence(driver).restore(name, request.options());
    }
    return new Imported(name, snapshot, runs, Optional.empty());
  }

  /** The guest of the archive is to run where the domain that is there does. */
  private DomainDef fitting(DomainDef archived, UUID uuid, String name, String from) {
    DomainDef present = new DefinitionReader(driver).stored(name).domain();
    if (!present.uuid().equals(Optional.of(uuid))) {
      throw new DomainExistsException(
          cannot(from)
              + ": domain '"
              + name
              + "' already exists and is another one; --name gives it another name");
    }
    List<Filesystem> filesystems = new ArrayList<>();
    for (Filesystem filesystem : archived.filesystems()) {
      filesystems.add(
          present.writtenOverlays().stream()
              .filter(overlay -> overlay.target().equals(filesystem.target()))
              .<Filesystem>map(overlay -> placed(filesystem, overlay.chain()))
              .findFirst()
              .orElse(filesystem));
    }
    return archived.withName(name).withFilesystems(filesystems);
  }

  private static Filesystem placed(Filesystem filesystem, OverlayChain present) {
    if (!(filesystem instanceof Filesystem.Overlay overlay)) {
      return filesystem;
    }
    OverlayChain chain = overlay.chain();
    return new Filesystem.Overlay(
        overlay.place(), new OverlayChain(present.upper(), chain.lowers(), chain.options()));
  }

  private StoredSnapshot keep(
      String name, DomainDef definition, Path place, Manifest manifest, Request request)
      throws IOException, StepFailedException {
    SnapshotPaths paths = paths(name, manifest);
    new StorageSequence(driver)
        .run(compile(paths, definition, place, manifest, request), name, List.of(name));
    return snapshots.find(name, paths.name()).orElseThrow(() -> new NoSuchDomainException(name));
  }

  private SnapshotPaths paths(String name, Manifest manifest) {
    String id = snapshots.freeName(name, Long.toString(manifest.created().getEpochSecond()));
    return driver.layout().checkpoint(name, id);
  }

  private Plan compile(
      SnapshotPaths paths, DomainDef definition, Path place, Manifest manifest, Request request)
      throws IOException {
    List<Path> layers =
        manifest.filesystems().stream()
            .map(part -> place.resolve(part.delta().orElseThrow()))
            .toList();
    boolean bare = ArchiveGate.isBare(manifest);
    return ImportCompiler.compile(
        new ImportCompiler.Order(
            definition,
            DomainWriter.write(definition),
            describe(paths.name(), manifest),
            paths,
            layers,
            manifest.memory() ? Optional.of(place.resolve("checkpoint")) : Optional.empty(),
            options(manifest, !definition.name().equals(paths.domain())),
            bare && !layers.isEmpty() ? Optional.of(driver.layout().empty()) : Optional.empty(),
            request.devices(),
            CloneInquiry.missing(paths.directory().getParent())));
  }

  /** Another domain does not go on with the connections of the first. */
  private static List<String> options(Manifest manifest, boolean other) {
    if (!other) {
      return manifest.criuOptions();
    }
    List<String> options =
        new ArrayList<>(CriuOptions.parse(manifest.criuOptions()).forClone().lines());
    options.addAll(SavedGuest.facts(manifest.criuOptions()));
    return options;
  }

  private static SnapshotDef describe(String id, Manifest manifest) {
    return new SnapshotDef(
        Optional.of(id),
        Optional.of("imported, of domain '" + manifest.domain() + "'"),
        Optional.of(manifest.created()),
        Optional.of(
            manifest.memory() ? SnapshotDef.State.RUNNING : SnapshotDef.State.DISK_SNAPSHOT),
        Optional.empty(),
        Optional.of(
            manifest.memory() ? new SnapshotDef.Memory.Internal() : new SnapshotDef.Memory.None()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Origin.NONE);
  }

  static String cannot(String from) {
    return "cannot restore from " + from;
  }
}
