// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.OperationInvalidException;
import io.domus.driver.SnapshotOperation.Wanted;
import io.domus.store.SnapshotStore;
import io.domus.store.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots of a guest that counts: brought back to any, memory and file agree. */
class SnapshotIT {
  private static final int SNAPSHOTS = 20;

  /** Of so many steps one is the last of somebody. */
  private static final int MISSED = 4;

  @RegisterExtension final Site site = new Site();

  private final Random random = new Random(11);
  private CountingGuest guest;

  private void counter() throws Exception {
    guest = new CountingGuest(site, "web");
    guest.start("");
  }

  private List<String> names() throws IOException {
    return new SnapshotStore(site.layout()).of("web").stream().map(StoredSnapshot::name).toList();
  }

  private void checkStore() {
    assertEquals(List.of(), new LayerCheckOperation(site.driver()).run());
  }

  /** Reverted to in any order; what is deleted leaves the others whole. */
  @Test
  void twentyOfARunningDomain() throws Exception {
    counter();
    Map<String, Integer> counts = new HashMap<>();
    for (int number = 1; number <= SNAPSHOTS; number++) {
      Thread.sleep(random.nextInt(40));
      int before = guest.count();
      Snapshots.create(
          site.driver(), "web", number % 4 == 0 ? Wanted.ALL_AND_STOP : Wanted.ALL, "s" + number);
      if (number % 4 == 0) {
        assertEquals("shut off (saved)", site.state("web"));
        Snapshots.revert(site.driver(), "web", "s" + number);
      }
      counts.put("s" + number, before);
      guest.goesOn();
    }
    List<String> order = new ArrayList<>(counts.keySet());
    Collections.sort(order);
    Collections.shuffle(order, random);
    for (String name : order) {
      assertTrue(Snapshots.revert(site.driver(), "web", name).runs());
      int count = guest.count();
      assertTrue(count >= counts.get(name), name + ": " + count + " of " + counts.get(name));
      guest.goesOn();
      if (random.nextBoolean()) {
        new SnapshotDeletion(site.driver()).run("web", name, false);
        counts.remove(name);
      }
    }
    assertEquals(counts.size(), names().size());
    checkStore();
    for (String name : List.copyOf(counts.keySet())) {
      Snapshots.revert(site.driver(), "web", name);
      guest.goesOn();
    }
    new SnapshotDeletion(site.driver()).all("web");
    assertFalse(Files.exists(site.layout().checkpoints("web").resolve("s1")));
    guest.goesOn();
    checkStore();
  }

  /** Filesystems alone, of a guest that runs and of a domain that is off. */
  @Test
  void filesystemsAlone() throws Exception {
    counter();
    Snapshots.create(site.driver(), "web", Wanted.DISK, "live");
    guest.goesOn();
    site.destroy("web");
    int count = guest.numbers(site.path("upper/count")).size();
    Snapshots.create(site.driver(), "web", Wanted.DISK, "off");
    assertEquals(0, Files.list(site.path("upper")).count(), "what was there is a layer");
    assertFalse(Snapshots.revert(site.driver(), "web", "live").runs());
    assertEquals("shut off (from snapshot)", site.state("web"));
    assertTrue(read("web").size() < count);
    assertFalse(Snapshots.revert(site.driver(), "web", "off").runs());
    assertEquals(count, read("web").size());
    assertEquals(List.of("live", "off"), names(), "nothing was written that would have to be kept");
    checkStore();
  }

  /** By a run of its own. */
  private List<String> read(String domain) throws Exception {
    Path copy = site.path("read-" + random.nextInt());
    List<Path> layers = new ArrayList<>(List.of(site.path("upper")));
    site.driver()
        .layers()
        .beneath(site.path("upper"))
        .layers()
        .forEach(layer -> layers.add(layer.path()));
    for (Path layer : layers) {
      if (Files.exists(layer.resolve("count"))) {
        Files.copy(layer.resolve("count"), copy);
        return guest.numbers(copy);
      }
    }
    return List.of();
  }

  @Test
  void aCheckpointIsWhatRestoreGoesOnFrom() throws Exception {
    counter();
    for (int round = 0; round < 5; round++) {
      Thread.sleep(random.nextInt(40));
      int count = guest.count();
      Snapshots.create(site.driver(), "web", true, "c" + round);
      assertEquals("shut off (saved)", site.state("web"));
      RevertOperation.Reverted done =
          new RevertOperation(site.driver())
              .run(
                  "web",
                  Optional.empty(),
                  new RevertOperation.Request(
                      false, false, true, io.domus.domain.CriuOptions.NONE));
      assertEquals(Optional.empty(), done.before(), "nothing has changed since");
      assertEquals("c" + round, done.snapshot().name());
      assertTrue(guest.count() >= count);
      guest.goesOn();
    }
    site.destroy("web");
    site.start("web");
    Await.until(
        "a first number once more", () -> Files.readAllLines(guest.file()).lastIndexOf("1") > 0);
    site.destroy("web");
    RevertOperation.Reverted done =
        new RevertOperation(site.driver())
            .run(
                "web",
                Optional.of("c2"),
                new RevertOperation.Request(false, false, true, io.domus.domain.CriuOptions.NONE));
    assertEquals(Optional.of("before-c2"), done.before(), "what was written is kept");
    guest.goesOn();
    checkStore();
  }

  @Test
  void whatHasSnapshotsStays() throws Exception {
    counter();
    Snapshots.create(site.driver(), "web", Wanted.ALL, "one");
    assertEquals(
        "cannot snapshot domain 'web': snapshot 'one' already exists",
        refusal(() -> Snapshots.create(site.driver(), "web", Wanted.ALL, "one")));
    assertEquals(
        "domain 'web' has no snapshot 'two'",
        refusal(() -> Snapshots.revert(site.driver(), "web", "two")));
    assertEquals(
        "cannot undefine domain 'web': it has 1 snapshot; --snapshots-metadata removes them",
        refusal(() -> new UndefineOperation(site.driver()).run("web")));
    site.destroy("web");
    assertEquals(
        "cannot rename domain 'web' to 'other': it has 1 snapshot; 'snapshot-delete' removes them",
        refusal(() -> new RenameOperation(site.driver()).run("web", "other")));
    new SnapshotDeletion(site.driver()).all("web");
    new UndefineOperation(site.driver()).runWithStorage("web");
    assertEquals(List.of(), new LayerInventory(site.driver()).all());
  }

  private static String refusal(Runnable work) {
    return assertThrows(OperationInvalidException.class, work::run).getMessage();
  }

  /** Whoever does it dies before each step; the guest runs, or comes back. */
  @ParameterizedTest
  @ValueSource(strings = {"checkpoint", "snapshot"})
  void killedWhileItIsMade(String verb) throws Exception {
    counter();
    int status = Victim.KILLED;
    for (int step = 1; status == Victim.KILLED; step += 1 + random.nextInt(MISSED)) {
      Victim victim = new Victim(site, "web");
      victim.begin(verb, step, "s" + step);
      status = victim.await();
      comeBack(verb + " killed before step " + step);
      checkStore();
      for (String name : names()) {
        Snapshots.revert(site.driver(), "web", name);
        guest.goesOn();
        new SnapshotDeletion(site.driver()).run("web", name, false);
      }
    }
  }

  @Test
  void killedWhileItReverts() throws Exception {
    counter();
    Snapshots.create(site.driver(), "web", Wanted.ALL, "point");
    int status = Victim.KILLED;
    for (int step = 1; status == Victim.KILLED; step += 1 + random.nextInt(MISSED)) {
      guest.goesOn();
      Victim victim = new Victim(site, "web");
      victim.begin("revert", step, "point");
      status = victim.await();
      comeBack("revert killed before step " + step);
      checkStore();
      for (String name : names()) {
        if (!name.equals("point")) {
          Snapshots.revert(site.driver(), "web", name);
          guest.goesOn();
          new SnapshotDeletion(site.driver()).run("web", name, false);
        }
      }
    }
    Snapshots.revert(site.driver(), "web", "point");
    guest.goesOn();
  }

  /** It runs on, or does so from its image, or from the last snapshot of its processes. */
  private void comeBack(String when) throws Exception {
    // As any command does that is about a domain.
    assertEquals("web", new DomainLookup(site.driver()).name("web"));
    DomainView.Summary now = new DomainView(site.driver()).one("web");
    if (!now.condition().state().active()) {
      boolean saved = new ManagedSave(site.driver(), "web").exists();
      List<StoredSnapshot> all = new SnapshotStore(site.layout()).of("web");
      if (saved) {
        assertTrue(new StartOperation(site.driver()).run("web", false), when);
      } else {
        assertFalse(all.isEmpty(), when + ": the guest is lost");
        Snapshots.revert(site.driver(), "web", all.getLast().name());
      }
    }
    assertEquals("running", site.state("web"), when);
    guest.goesOn();
  }
}
