// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.archive.Compression;
import io.domus.domain.CriuOptions;
import io.domus.domain.DomainException;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.driver.SnapshotOperation.Wanted;
import io.domus.store.SnapshotStore;
import io.domus.store.StoredSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A guest that counts goes on from an archive, here, elsewhere and beside itself. */
class ArchiveIT {
  private static final int DAMAGES = Integer.getInteger("domus.damages", 40);

  @RegisterExtension final Site site = new Site();

  /** Another root of state on the same host. */
  private final Site elsewhere = new Site();

  private final Random random = new Random(17);
  private CountingGuest guest;

  private void counter() throws Exception {
    elsewhere.open("ArchiveIT-elsewhere");
    guest = new CountingGuest(site, "web");
    guest.start("");
  }

  @AfterEach
  void leaveNothing() throws Exception {
    elsewhere.close();
  }

  private byte[] exported(StoredSnapshot snapshot, Compression compression, boolean withBase) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ExportOperation(site.driver())
        .run(snapshot, new ExportOperation.Request("0", compression, withBase), out, _ -> {});
    return out.toByteArray();
  }

  private static ImportOperation.Imported imported(Site there, byte[] archive, String... name) {
    return imported(there, archive, false, name);
  }

  private static ImportOperation.Imported imported(
      Site there, byte[] archive, boolean force, String... name) {
    return new ImportOperation(there.driver())
        .run(
            new ByteArrayInputStream(archive),
            "archive",
            new ImportOperation.Request(
                Arrays.stream(name).findFirst(), force, false, false, true, CriuOptions.NONE));
  }

  private static void checkStore(Site there) {
    assertEquals(List.of(), new LayerCheckOperation(there.driver()).run());
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void goesOnElsewhereAndBesideItself(Compression compression) throws Exception {
    counter();
    for (int round = 0; round < 3; round++) {
      Thread.sleep(random.nextInt(50));
      int before = guest.count();
      StoredSnapshot point = Snapshots.create(site.driver(), "web", Wanted.ALL, "p" + round);
      byte[] archive = exported(point, compression, round == 1);
      assertTrue(imported(elsewhere, archive).runs());
      CountingGuest there = new CountingGuest(elsewhere, "web");
      assertTrue(there.count() >= before);
      there.goesOn();
      assertTrue(imported(site, archive, "twin" + round).runs());
      CountingGuest twin = new CountingGuest(site, "twin" + round);
      assertTrue(twin.count() >= before);
      twin.goesOn();
      guest.goesOn();
      assertEquals(
          "twin" + round + "\n", site.output("twin" + round, "cat", "/proc/sys/kernel/hostname"));
      assertEquals("web\n", site.output("web", "cat", "/proc/sys/kernel/hostname"));
      elsewhere.destroy("web");
      new UndefineOperation(elsewhere.driver()).runWithStorage("web");
      assertEquals(List.of(), new LayerInventory(elsewhere.driver()).all());
    }
    checkStore(site);
    checkStore(elsewhere);
  }

  /** It comes back where it was; what was written meanwhile is kept. */
  @Test
  void comesBackInItsPlace() throws Exception {
    counter();
    StoredSnapshot point = Snapshots.create(site.driver(), "web", Wanted.ALL_AND_STOP, "p");
    byte[] archive = exported(point, Compression.ZSTD, false);
    site.start("web");
    Await.until("a file", () -> Files.exists(guest.file()));
    assertEquals(
        "cannot restore from archive: domain 'web' is there, and running; --name makes another one",
        assertThrows(OperationInvalidException.class, () -> imported(site, archive)).getMessage());
    site.destroy("web");
    ImportOperation.Imported done = imported(site, archive);
    assertTrue(done.runs());
    assertTrue(done.before().isPresent());
    // Of the same second they are in no order of time.
    assertEquals(
        List.of(done.before().get(), "p"),
        new SnapshotStore(site.driver().layout())
            .of("web").stream().map(StoredSnapshot::name).sorted().toList());
    guest.goesOn();
    checkStore(site);
  }

  @Test
  void aBaseThatIsNotWhatItWasIsRefused() throws Exception {
    counter();
    byte[] archive =
        exported(Snapshots.create(site.driver(), "web", Wanted.ALL, "p"), Compression.NONE, false);
    Path base = site.path("tree");
    Files.writeString(base.resolve("more"), "");
    String changed =
        "cannot restore from archive: base '"
            + base
            + "' is not what it was; --force takes them"
            + " as they are";
    assertEquals(changed, refusal(() -> imported(elsewhere, archive)));
    assertEquals(List.of(), new DomainView(elsewhere.driver()).all());
    assertTrue(imported(elsewhere, archive, true).runs());
    elsewhere.destroy("web");
    new UndefineOperation(elsewhere.driver()).runWithStorage("web");
    Files.delete(base.resolve("more"));
    Path away = base.resolveSibling("away");
    Files.move(base, away);
    assertEquals(
        "cannot restore from archive: base '"
            + base
            + "' is missing; --force takes them as they"
            + " are",
        refusal(() -> imported(elsewhere, archive)));
    Files.move(away, base);
  }

  private static String refusal(Runnable work) {
    return assertThrows(OperationFailedException.class, work::run).getMessage();
  }

  /** Nothing is changed by an archive that is not whole. */
  @ParameterizedTest
  @EnumSource(Compression.class)
  void damagedOnesAreRefused(Compression compression) throws Exception {
    counter();
    byte[] archive =
        exported(Snapshots.create(site.driver(), "web", Wanted.ALL, "p"), compression, false);
    int refused = 0;
    for (int round = 0; round < DAMAGES; round++) {
      byte[] damaged = archive.clone();
      if (round % 2 == 0) {
        damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
      } else {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      byte[] bad = damaged;
      try {
        imported(elsewhere, bad);
        // A bit that says nothing, such as the time in the head of a gzip file.
        elsewhere.destroy("web");
        new UndefineOperation(elsewhere.driver()).runWithStorage("web");
      } catch (DomainException expected) {
        refused++;
      }
      assertEquals(List.of(), new DomainView(elsewhere.driver()).all());
      assertEquals(List.of(), new LayerInventory(elsewhere.driver()).all());
    }
    assertTrue(refused >= DAMAGES - 2, refused + " of " + DAMAGES + " were refused");
    assertFalse(Files.exists(elsewhere.layout().checkpoints("web").resolve("p")));
    guest.goesOn();
  }

  @Test
  void archivesOfOneSnapshotAreTheSame() throws Exception {
    counter();
    StoredSnapshot point = Snapshots.create(site.driver(), "web", Wanted.DISK, "p");
    assertArrayEquals(
        exported(point, Compression.NONE, false), exported(point, Compression.NONE, false));
  }

  /** Both count on from the same number, each in its own file. */
  @Test
  void aCloneGoesOnBesideItsSource() throws Exception {
    counter();
    for (int round = 0; round < 4; round++) {
      String name = "copy" + round;
      int before = guest.count();
      new CloneOperation(site.driver())
          .run("web", name, CloneOperation.Request.DEFAULT.withMemory(CriuOptions.NONE));
      CountingGuest copy = new CountingGuest(site, name);
      assertEquals("running", site.state(name));
      assertTrue(copy.count() >= before);
      copy.goesOn();
      guest.goesOn();
      assertEquals(name + "\n", site.output(name, "cat", "/proc/sys/kernel/hostname"));
      assertTrue(
          Files.readString(Path.of("/proc/" + site.init(name) + "/cgroup")).contains("-" + name));
      assertEquals(Optional.empty(), new SnapshotView(site.driver()).current(name));
    }
    site.destroy("copy1");
    site.start("copy1");
    site.destroy("copy1");
    new UndefineOperation(site.driver()).runWithStorage("copy1");
    guest.goesOn();
    checkStore(site);
  }
}
