// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.archive.BaseFingerprint;
import io.domus.archive.Manifest;
import io.domus.compiler.ArrivalCompiler;
import io.domus.compiler.Trash;
import io.domus.domain.CriuOptions;
import io.domus.domain.DomainException;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.executor.StepFailedException;
import io.domus.kernel.Uninterrupted;
import io.domus.plan.PlanText;
import io.domus.store.AtomicFile;
import io.domus.store.ComingGuest;
import io.domus.store.DomainLock;
import io.domus.store.MigrationStore;
import io.domus.tool.Command;
import io.domus.tool.CommandResult;
import io.domus.tool.Ssh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes a guest into a root of state of this host. */
final class Reception implements Receiver {
  private static final String BASE = "base";

  /** A slow disk takes its time. */
  private static final Duration SYNC = Duration.ofHours(1);

  private final Driver driver;
  private final MigrationStore store;
  private final Map<Manifest.Base, Path> rooms = new HashMap<>();
  private final List<AutoCloseable> locks = new ArrayList<>();
  private Offer offer;
  private ComingGuest guest;

  Reception(Driver driver) {
    this.driver = driver;
    this.store = new MigrationStore(driver.layout());
  }

  @Override
  public Welcome examine(Offer offered) throws IOException {
    new OperationRecovery(driver).tidy();
    Arrival arrival = new Arrival(driver, offered);
    arrival.check();
    return new Welcome(
        arrival.missing(),
        PlanText.render(
            ArrivalCompiler.compile(
                arrival.order(store.tree(offered.id())),
                driver.layout().domain(offered.domain()))));
  }

  @Override
  public Path prepare(Offer offered) throws IOException {
    String cannot = "cannot receive domain '" + offered.domain() + "'";
    DomainLock layers = driver.shareLayers(cannot);
    locks.add(layers);
    DomainJob job = DomainJob.begin(driver, offered.domain(), "receive");
    locks.add(job);
    if (job.state().active()) {
      throw new OperationInvalidException(cannot + ": domain is " + job.state().text());
    }
    new Arrival(driver, offered).check();
    ComingGuest coming = new ComingGuest(offered.id(), offered.domain(), offered.from());
    store.write(coming);
    guest = coming;
    offer = offered;
    Path tree = store.tree(offered.id());
    Files.createDirectory(
        tree, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    for (int number = 0; number < offered.trees().size(); number++) {
      Files.createDirectory(tree.resolve(Integer.toString(number)));
    }
    return tree;
  }

  /** The directory above is ours to remove, as its name says. */
  @Override
  public Path room(Manifest.Base base) throws IOException {
    Path parent = Path.of(base.path()).getParent();
    Path temporary = Trash.in(parent, new LayerIds(driver).hex(6, ""));
    guest = guest.with(temporary, CloneInquiry.missing(parent));
    store.write(guest);
    Files.createDirectories(parent);
    Files.createDirectory(
        temporary,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    rooms.put(base, temporary);
    return temporary.resolve(BASE);
  }

  @Override
  public void place(Manifest.Base base) throws IOException {
    Path temporary = rooms.get(base);
    Path copy = temporary.resolve(BASE);
    String found = BaseFingerprint.of(driver.syscalls(), copy).text();
    if (!found.equals(base.fingerprint())) {
      throw new OperationFailedException(
          "base '" + base.path() + "' did not come as it was; is somebody at work in it?");
    }
    sync(copy);
    Path place = Path.of(base.path());
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new OperationFailedException("somebody else has made '" + place + "' meanwhile");
    }
    AtomicFile.move(copy, place);
    Files.delete(temporary);
    // What lies in them now is a base like any other, and stays.
    driver.note(guest.domain(), "base-received", base.path());
  }

  /** A base that a crash of the host leaves half empty would look like a whole one. */
  private void sync(Path copy) throws IOException {
    CommandResult result =
        driver.runner().run(Command.of("sync", "--file-system", copy.toString()), SYNC);
    if (!result.succeeded()) {
      throw new IOException(result.complaint());
    }
  }

  @Override
  public Optional<Ssh> host() {
    return Optional.empty();
  }

  @Override
  public void flush() throws IOException {
    sync(store.tree(guest.id()));
  }

  @Override
  public List<Path> differing(Map<Path, String> fingerprints) throws IOException {
    List<Path> differing = new ArrayList<>();
    for (Map.Entry<Path, String> sent : fingerprints.entrySet()) {
      Path path = store.tree(guest.id()).resolve(sent.getKey());
      boolean same =
          Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
              && BaseFingerprint.of(driver.syscalls(), path).text().equals(sent.getValue());
      if (!same) {
        new StorageSequence(driver).discard(path, "it is not what was sent");
        differing.add(sent.getKey());
      }
    }
    return differing;
  }

  @Override
  public void arrive() throws IOException {
    try {
      new StorageSequence(driver)
          .run(
              ArrivalCompiler.compile(
                  new Arrival(driver, offer).order(store.tree(guest.id())),
                  driver.layout().domain(guest.domain())),
              guest.domain(),
              List.of(guest.domain()));
    } catch (StepFailedException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
    guest = guest.whole();
    store.write(guest);
    discardTree(guest);
    driver
        .events()
        .append(
            guest.domain(),
            new DefinitionReader(driver).uuid(guest.domain()),
            LifecycleEvent.DEFINED_ADDED,
            "from " + guest.from());
  }

  private void discardTree(ComingGuest coming) throws IOException {
    new StorageSequence(driver).discard(store.tree(coming.id()), "what came was taken");
  }

  @Override
  public void run(CriuOptions more) throws IOException {
    try {
      new StartSequence(driver).restore(guest.domain(), more, LifecycleEvent.STARTED_MIGRATED);
    } catch (DomainException failure) {
      String domain = guest.domain();
      if (!Uninterrupted.get(() -> LiveState.isActive(driver, domain))) {
        throw failure;
      }
      // It runs: what failed came after that.
      Uninterrupted.run(() -> driver.note(domain, "incomplete", failure.getMessage()));
    }
    store.arrived(guest.id());
    guest = null;
  }

  @Override
  public void done() throws IOException {
    if (offer != null) {
      store.forgetArrived(offer.id());
    }
  }

  /** What did not arrive is gone afterwards. */
  @Override
  public void close() throws IOException {
    try {
      if (guest != null) {
        new InterruptedArrivals(driver).discard(guest);
        guest = null;
      }
    } finally {
      for (AutoCloseable lock : locks.reversed()) {
        release(lock);
      }
      locks.clear();
    }
  }

  private static void release(AutoCloseable lock) throws IOException {
    try {
      lock.close();
    } catch (IOException | RuntimeException failure) {
      throw failure;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Whether the guest of a move has run here; if not, it never will: whatever of it was here is
   * gone.
   */
  static boolean arrived(Driver driver, String domain, String id) throws IOException {
    try (DomainJob _ = DomainJob.begin(driver, domain, "look for")) {
      return new MigrationStore(driver.layout()).hasArrived(id);
    }
  }
}
