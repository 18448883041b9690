// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationInvalidException;
import io.domus.domain.SavePaths;
import io.domus.domain.SavedGuest;
import io.domus.executor.CgroupMembers;
import io.domus.executor.Freezer;
import io.domus.executor.PendingSignals;
import io.domus.kernel.Signal;
import io.domus.store.AtomicFile;
import io.domus.store.DomainRecord;
import io.domus.tool.Command;
import io.domus.tool.Criu;
import io.domus.tool.Crun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The managed save image of one domain; the holder of its lock may change it. */
public final class ManagedSave {
  /** How long a dump may go on without whoever ordered it. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** For the runtime, and for processes that are to stand still. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** With pauses: as long as a busy machine may keep a process from running at all. */
  private static final int ROUNDS = 50;

  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Driver driver;
  private final String name;
  private final SavePaths paths;

  public ManagedSave(Driver driver, String name) {
    this.driver = driver;
    this.name = name;
    this.paths = SavePaths.of(driver.layout().domain(name));
  }

  /** Whether the next start brings the guest back. */
  public boolean exists() {
    return Files.isDirectory(paths.saved());
  }

  /** Whether an image is made or used up, or somebody died over it. */
  boolean isUnderWay() {
    return Files.isDirectory(paths.saving()) || Files.isDirectory(paths.resuming());
  }

  /**
   * Refuses what an image would not survive, or what would not survive the image.
   *
   * @param cannot begins the message: "cannot undefine domain 'web': "
   * @param also another remedy, or nothing
   */
  void refuse(String cannot, String also) {
    if (exists()) {
      throw new OperationInvalidException(
          cannot
              + "it has a managed save image; start it, or remove the image with"
              + " 'managedsave-remove "
              + name
              + "'"
              + also);
    }
  }

  /** What the guest of the image runs from. */
  Definition definition() throws IOException {
    return new DefinitionReader(driver)
        .kept(name, Files.readAllBytes(SavePaths.definition(paths.saved())));
  }

  SavedGuest guest() throws IOException {
    return SavedGuest.parse(
        lines(SavePaths.options(paths.saved())),
        lines(SavePaths.hostname(paths.saved())).stream().findFirst());
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  void remove() throws IOException {
    discard(paths.saved());
    if (!LiveState.isActive(driver, name)) {
      new GuestLinks(driver).release(name, false);
    }
  }

  /** What is left of one that was being used up when the host ended. */
  void removeUnfinished() throws IOException {
    discard(paths.saving());
    discard(paths.resuming());
  }

  /** Of the last dump. */
  CriuLog log() {
    return new CriuLog(paths.log());
  }

  /** Of the last time that the guest was brought back. */
  CriuLog restoreLog() {
    return new CriuLog(paths.restoreLog());
  }

  /**
   * A dump that was ordered by a process that has died: it ends by itself. True if the guest is
   * saved now; it then has ended.
   */
  boolean settle(DomainRecord record) throws IOException {
    if (Files.isDirectory(paths.saving())) {
      awaitDump();
      if (!LiveState.guestAlive(record) && Criu.isWhole(log().text())) {
        finish();
      } else {
        // Without options nobody has begun to dump: who is frozen then was suspended.
        boolean ours = Files.exists(SavePaths.options(paths.saving())) && !isPaused(paths.saving());
        discard(paths.saving());
        if (ours) {
          thaw(record);
        }
      }
    }
    return exists() && !LiveState.guestAlive(record);
  }

  /** The guest of the image is gone, and the image the only one there is. */
  void finish() throws IOException {
    AtomicFile.sync(paths.saving());
    AtomicFile.move(paths.saving(), paths.saved());
  }

  /** Whether the guest of an image was suspended. */
  private static boolean isPaused(Path image) throws IOException {
    return lines(SavePaths.options(image)).contains(SavedGuest.PAUSED);
  }

  /** A dump that was cut short may have left the guest frozen. */
  private void thaw(DomainRecord record) throws IOException {
    if (LiveState.guestAlive(record) && Freezer.frozen(record.cgroup())) {
      run(crun().resume(driver.layout().domain(name).containerId()));
    }
  }

  private Crun crun() {
    return HostTools.crun(driver, driver.layout().domain(name));
  }

  private void run(Command command) throws IOException {
    driver.runner().run(command, LIMIT);
  }

  private void awaitDump() throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (RunningDump.into(SavePaths.images(paths.saving()))) {
      if (Instant.now().isAfter(end)) {
        throw new IOException("a dump of the domain is still under way");
      }
      sleep();
    }
  }

  /** The run is on record: its guest may go on, and the image is of no more use. */
  void finishResume(DomainRecord record) throws IOException {
    if (!Files.isDirectory(paths.resuming())) {
      return;
    }
    if (LiveState.guestAlive(record)) {
      List<Integer> members = CgroupMembers.signal(driver.syscalls(), record.cgroup(), Signal.CONT);
      if (isPaused(paths.resuming())) {
        suspend(record.cgroup(), members);
      } else {
        awaitProceeding(members);
      }
    }
    discard(paths.resuming());
  }

  /**
   * Who is frozen with the signal to go on still pending cannot be brought back from a dump of
   * then: the signal ends the stop that CRIU counts on. So the guest has run for a moment when it
   * is suspended again, and has got the signal when anybody else may dump it.
   */
  private void suspend(String cgroup, List<Integer> members) throws IOException {
    String id = driver.layout().domain(name).containerId();
    for (int round = 0; round < ROUNDS; round++) {
      run(crun().pause(id));
      Freezer.awaitStandstill(cgroup, LIMIT);
      if (!areToProceed(members)) {
        return;
      }
      run(crun().resume(id));
      awaitProceeding(members);
    }
    throw new IOException("domain '" + name + "' runs on where it was suspended");
  }

  private static boolean areToProceed(List<Integer> members) {
    return members.stream().anyMatch(pid -> PendingSignals.has(pid, Signal.CONT));
  }

  /** One that its parent stops goes on when that wants it. */
  private static void awaitProceeding(List<Integer> members) throws IOException {
    for (int round = 0; round < ROUNDS && areToProceed(members); round++) {
      sleep();
    }
  }

  private static void sleep() throws IOException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException wanted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", wanted);
    }
  }

  private void discard(Path image) throws IOException {
    new StorageSequence(driver).discard(image, "the image is of no use");
  }
}
