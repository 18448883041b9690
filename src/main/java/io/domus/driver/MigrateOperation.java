// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.archive.Compression;
import io.domus.compiler.Trash;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.CriuOptions;
import io.domus.domain.DomainException;
import io.domus.domain.DomainExistsException;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.driver.SnapshotOperation.Wanted;
import io.domus.plan.Plan;
import io.domus.store.AtomicFile;
import io.domus.store.DomainLock;
import io.domus.store.StoredSnapshot;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Moves a running guest to another root of state on this host. It ends here, goes on there, and
 * only then is it removed here; if it cannot go on there, it does so here.
 */
public final class MigrateOperation {
  /**
   * How.
   *
   * @param version our own
   * @param keepStorage whether what the domain wrote stays here, too
   */
  public record Request(String version, boolean keepStorage, CriuOptions options) {
    public Request {
      Objects.requireNonNull(version, "version");
      Objects.requireNonNull(options, "options");
    }
  }

  private final Driver here;
  private final Driver there;

  public MigrateOperation(Driver here, Driver there) {
    this.here = here;
    this.there = there;
  }

  public void run(String domain, Request request) {
    check(domain);
    StoredSnapshot point = new SnapshotOperation(here).checkpoint(domain, point(request));
    try {
      send(point, request);
    } catch (DomainException | IOException failure) {
      throw goOn(point, request, failure);
    }
    // From here on it is there: whatever fails now leaves something here that does not run.
    new SnapshotDeletion(here).run(domain, point.name(), false);
    if (request.keepStorage()) {
      new UndefineOperation(here).run(domain);
    } else {
      new UndefineOperation(here).runWithStorage(domain);
    }
    told(domain);
  }

  /** Checks what can be checked, and tells what would be done here. */
  public List<Plan> rehearse(String domain, Request request) {
    check(domain);
    return new SnapshotOperation(here).rehearseCheckpoint(domain, point(request));
  }

  private SnapshotOperation.Request point(Request request) {
    return new SnapshotOperation.Request(
        Optional.empty(),
        Optional.of("on its way to " + there.layout().root()),
        Wanted.ALL_AND_STOP,
        request.options());
  }

  private void told(String domain) {
    try {
      here.events().append(domain, "migrated", "to " + there.layout().root());
    } catch (IOException untold) {
      throw new OperationFailedException(
          "domain '%s' is migrated, but no event says so: %s"
              .formatted(domain, untold.getMessage()),
          untold);
    }
  }

  /** What is known to fail fails while the guest still runs. */
  private void check(String domain) {
    if (here.layout().equals(there.layout())) {
      throw new OperationInvalidException(cannot(domain) + ": it is there already");
    }
    if (there.definitions().exists(domain) || new DomainView(there).record(domain).isPresent()) {
      throw new DomainExistsException(
          cannot(domain) + ": domain '" + domain + "' already exists there");
    }
    int snapshots = new SnapshotView(here).all(domain).size();
    if (snapshots > 0) {
      throw new OperationInvalidException(
          cannot(domain) + ": it has " + snapshots + " snapshots, which would stay behind");
    }
    try {
      new Dependants(here)
          .check(new DefinitionReader(here).stored(domain).domain(), cannot(domain));
    } catch (IOException failure) {
      throw new OperationFailedException(cannot(domain) + ": " + failure.getMessage(), failure);
    }
  }

  /** By a file, which is read only when it is whole. */
  private void send(StoredSnapshot point, Request request) throws IOException {
    Path file = Trash.in(point.paths().directory().getParent(), new LayerIds(here).hex(6, ""));
    try (DomainLock _ = here.shareLayers(cannot(point.domain()))) {
      try (OutputStream out = new BufferedOutputStream(AtomicFile.unshared(file))) {
        new ExportOperation(here)
            .run(
                point,
                new ExportOperation.Request(request.version(), Compression.NONE, false),
                out,
                _ -> {});
      }
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        new ImportOperation(there)
            .run(
                in,
                "the checkpoint of domain '" + point.domain() + "'",
                new ImportOperation.Request(
                    Optional.empty(), false, true, true, true, request.options()));
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private DomainException goOn(StoredSnapshot point, Request request, Exception failure) {
    String domain = point.domain();
    if (runsThere(domain, failure)) {
      return new OperationFailedException(
          "domain '%s' runs at %s, but is not removed here: %s; it is kept as checkpoint '%s'"
              .formatted(domain, there.layout().root(), failure.getMessage(), point.name()),
          failure);
    }
    // What was made there is nobody's: its guest never ran.
    forget(domain, failure);
    try {
      new RevertOperation(here)
          .run(
              domain,
              Optional.of(point.name()),
              new RevertOperation.Request(false, false, true, request.options()));
      new SnapshotDeletion(here).run(domain, point.name(), false);
    } catch (DomainException second) {
      failure.addSuppressed(second);
      return new OperationFailedException(
          "%s: %s; it is kept here as checkpoint '%s'"
              .formatted(cannot(domain), failure.getMessage(), point.name()),
          failure);
    }
    String text = cannot(domain) + ": " + failure.getMessage() + "; it runs on here";
    return failure instanceof ConfigUnsupportedException
        ? new ConfigUnsupportedException(text, failure)
        : new OperationFailedException(text, failure);
  }

  private boolean runsThere(String domain, Exception failure) {
    try {
      return LiveState.isActive(there, domain);
    } catch (IOException unknown) {
      failure.addSuppressed(unknown);
      // Two of one guest would be worse than none.
      return true;
    }
  }

  private void forget(String domain, Exception failure) {
    try {
      if (!there.definitions().exists(domain)) {
        return;
      }
      if (new ManagedSave(there, domain).exists()) {
        new ManagedSaveOperation(there).remove(domain);
      }
      new SnapshotDeletion(there).all(domain);
      new UndefineOperation(there).runWithStorage(domain);
    } catch (DomainException second) {
      failure.addSuppressed(second);
    }
  }

  private String cannot(String domain) {
    return "cannot migrate domain '" + domain + "' to " + there.layout().root();
  }
}
