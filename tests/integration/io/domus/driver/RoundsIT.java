// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.archive.Compression;
import io.domus.domain.CriuOptions;
import io.domus.driver.SnapshotOperation.Wanted;
import io.domus.store.StoredSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The same again and again, at random instants, with one guest: a count that went wrong once would
 * stay wrong. {@code -Ddomus.rounds=100} does it as often.
 */
class RoundsIT {
  private static final int ROUNDS = Integer.getInteger("domus.rounds", 5);

  @RegisterExtension final Site site = new Site();

  private final Site elsewhere = new Site();
  private final Random random = new Random();
  private CountingGuest guest;

  private void rounds(Round round) throws Exception {
    elsewhere.open("RoundsIT-elsewhere");
    guest = new CountingGuest(site, "web");
    guest.start("");
    for (int number = 0; number < ROUNDS; number++) {
      Thread.sleep(random.nextInt(60));
      round.go(number, guest.count());
      guest.goesOn();
    }
    for (Site each : List.of(site, elsewhere)) {
      assertEquals(List.of(), new LayerCheckOperation(each.driver()).run());
    }
  }

  private interface Round {
    /**
     * @param before what the guest had counted to
     */
    void go(int number, int before) throws Exception;
  }

  @AfterEach
  void leaveNothing() throws Exception {
    elsewhere.close();
  }

  private static void atLeast(int before, CountingGuest guest) throws Exception {
    int count = guest.count();
    assertTrue(count >= before, count + " after " + before);
  }

  private static void drop(Site site, String domain) {
    site.destroy(domain);
    new UndefineOperation(site.driver()).runWithStorage(domain);
  }

  @Test
  void checkpointAndRestore() throws Exception {
    rounds(
        (number, before) -> {
          Snapshots.create(site.driver(), "web", Wanted.ALL_AND_STOP, "c");
          new RevertOperation(site.driver())
              .run(
                  "web",
                  Optional.empty(),
                  new RevertOperation.Request(false, false, true, CriuOptions.NONE));
          atLeast(before, guest);
          new SnapshotDeletion(site.driver()).run("web", "c", false);
        });
  }

  @Test
  void snapshotAndRevert() throws Exception {
    rounds(
        (number, before) -> {
          Snapshots.create(site.driver(), "web", Wanted.ALL, "s");
          guest.goesOn();
          Thread.sleep(random.nextInt(30));
          Snapshots.revert(site.driver(), "web", "s");
          atLeast(before, guest);
          new SnapshotDeletion(site.driver()).run("web", "s", false);
        });
  }

  @Test
  void leftRunningAndRestoredElsewhere() throws Exception {
    CountingGuest there = new CountingGuest(elsewhere, "web");
    rounds(
        (number, before) -> {
          StoredSnapshot point = Snapshots.create(site.driver(), "web", Wanted.ALL, "e");
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          new ExportOperation(site.driver())
              .run(point, new ExportOperation.Request("0", Compression.NONE, false), out, _ -> {});
          new SnapshotDeletion(site.driver()).run("web", "e", false);
          new ImportOperation(elsewhere.driver())
              .run(
                  new ByteArrayInputStream(out.toByteArray()),
                  "archive",
                  new ImportOperation.Request(
                      Optional.empty(), false, false, false, true, CriuOptions.NONE));
          atLeast(before, there);
          there.goesOn();
          drop(elsewhere, "web");
        });
  }

  @Test
  void clonedAlive() throws Exception {
    CountingGuest copy = new CountingGuest(site, "copy");
    rounds(
        (number, before) -> {
          new CloneOperation(site.driver())
              .run("web", "copy", CloneOperation.Request.DEFAULT.withMemory(CriuOptions.NONE));
          atLeast(before, copy);
          copy.goesOn();
          drop(site, "copy");
        });
  }

  @Test
  void movedThereAndBack() throws Exception {
    CountingGuest there = new CountingGuest(elsewhere, "web");
    rounds(
        (number, before) -> {
          move(site, elsewhere);
          atLeast(before, there);
          there.goesOn();
          int then = there.count();
          move(elsewhere, site);
          atLeast(then, guest);
        });
  }

  private static void move(Site from, Site to) {
    new MigrateOperation(from.driver(), new Destination.ThisHost(to.driver()))
        .run("web", new MigrateOperation.Request(false, CriuOptions.NONE));
  }
}
