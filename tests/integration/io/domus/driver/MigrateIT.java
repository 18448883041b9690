// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.Condition;
import io.domus.domain.CriuOptions;
import io.domus.domain.DomainException;
import io.domus.domain.DomainState;
import io.domus.executor.StepObserver;
import io.domus.store.LeavingGuest;
import io.domus.store.MigrationStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A guest that counts is moved between two roots of state of one host. */
class MigrateIT {
  /** Of so many steps in a row one is chosen: there are about eighty. */
  private static final int MISSED = 4;

  @RegisterExtension final Site site = new Site();

  /** Another root of state on the same host. */
  private final Site elsewhere = new Site();

  private final TwoRoots roots = new TwoRoots(site, elsewhere);
  private final Random random = new Random(31);
  private CountingGuest guest;
  private CountingGuest there;

  private void counter() throws Exception {
    elsewhere.open("MigrateIT-elsewhere");
    guest = new CountingGuest(site, "web");
    there = new CountingGuest(elsewhere, "web");
    guest.start("");
  }

  @AfterEach
  void leaveNothing() throws Exception {
    elsewhere.close();
  }

  private static MigrateOperation migration(Driver from, Site to) {
    return new MigrateOperation(from, new Destination.ThisHost(to.driver(from.observer())));
  }

  private static MigrateOperation.Request move() {
    return new MigrateOperation.Request(false, CriuOptions.NONE);
  }

  private static String refusal(Runnable work) {
    return assertThrows(DomainException.class, work::run).getMessage();
  }

  @Test
  void movesThereAndBack() throws Exception {
    counter();
    for (int round = 0; round < 3; round++) {
      int count = guest.count();
      MigrateOperation.Moved moved = migration(site.driver(), elsewhere).run("web", move());
      System.out.println("stood still for " + moved.standstill().toMillis() + " ms");
      assertEquals(List.of(), moved.bases());
      assertTrue(moved.standstill().toMillis() > 0);
      assertFalse(site.driver().definitions().exists("web"));
      assertTrue(there.count() >= count);
      assertEquals(elsewhere, roots.settle("moved", count));
      count = there.count();
      migration(elsewhere.driver(), site).run("web", move());
      assertEquals(List.of(), new DomainView(elsewhere.driver()).all());
      assertEquals(site, roots.settle("moved back", count));
    }
    site.destroy("web");
    assertFalse(new StartOperation(site.driver()).run("web", false), "it boots as any does");
  }

  /** What a guest had written in several layers is the same there. */
  @Test
  void sealedLayersGoWithIt() throws Exception {
    counter();
    site.output("web", "sh", "-c", "echo kept >/kept; rm -r /etc; ln /kept /linked");
    site.destroy("web");
    new CloneOperation(site.driver()).run("web", "copy", CloneOperation.Request.DEFAULT);
    site.start("web");
    guest.await(guest.file(), 1);
    site.output(
        "web",
        "sh",
        "-c",
        "echo more >>/linked; mkdir /etc; dd if=/dev/zero of=/holes bs=1 count=1 seek=5000000"
            + " 2>/dev/null");
    migration(site.driver(), elsewhere).run("web", move());
    assertEquals(1, new LayerInventory(elsewhere.driver()).all().size());
    assertEquals("kept\nmore\n", elsewhere.output("web", "cat", "/linked"));
    assertEquals("kept\n", elsewhere.output("web", "cat", "/kept"), "copied up apart");
    assertEquals("", elsewhere.output("web", "ls", "/etc"));
    assertEquals("5000001\n", elsewhere.output("web", "stat", "-c", "%s", "/holes"));
    there.await(there.file(), 2);
  }

  /** A file that always has the same size and time, and never the same content. */
  @Test
  void contentsCountAndNotTimes() throws Exception {
    elsewhere.open("MigrateIT-elsewhere");
    String own =
        "n=100000; echo $n >/same; while :; do [ $n = $(cat /same) ] || echo $n >>/bad;"
            + " n=$((n+1)); echo $n >/same; touch -d '2001-01-01 00:00:00' /same; done";
    site.tree("tree");
    site.start(
        DomainXml.named("web")
            .script(own)
            .device(
                Filesystems.overlay(
                    site.empty("upper"),
                    site.empty("work"),
                    "/",
                    Filesystems.directory(site.path("tree")))));
    for (int round = 0; round < 2; round++) {
      migration(site.driver(), elsewhere).run("web", move());
      assertEquals("", elsewhere.exec("web", "cat", "/bad").stdout());
      migration(elsewhere.driver(), site).run("web", move());
    }
    Thread.sleep(200);
    Ran bad = site.exec("web", "cat", "/bad");
    assertEquals("", bad.stdout());
    // It is empty for a moment whenever it is written.
    Await.until(
        "a number", () -> site.output("web", "cat", "/same").strip().matches("[1-9][0-9]{5,}"));
  }

  @Test
  void aRehearsalSaysWhatWouldBeDone() throws Exception {
    counter();
    MigrateOperation.Rehearsal rehearsal =
        migration(site.driver(), elsewhere).rehearse("web", move());
    assertEquals(List.of(), rehearsal.bases());
    assertEquals(List.of(site.path("upper").toString()), rehearsal.written());
    assertTrue(rehearsal.there().startsWith("plan: arrive domain 'web', "), rehearsal.there());
    assertFalse(Files.exists(elsewhere.root().resolve("etc")));
    guest.goesOn();
  }

  /** Before anything is done. */
  @Test
  void whatCannotBeIsRefused() throws Exception {
    counter();
    String cannot = "cannot migrate domain 'web' to lxc:///embed?root=" + elsewhere.root() + ": ";
    elsewhere.tree("other");
    elsewhere.define(DomainXml.named("web").root(elsewhere.path("other")));
    assertEquals(
        cannot + "domain 'web' already exists there",
        refusal(() -> migration(site.driver(), elsewhere).run("web", move())));
    new UndefineOperation(elsewhere.driver()).run("web");
    Snapshots.create(site.driver(), "web", SnapshotOperation.Wanted.DISK, "s");
    assertEquals(
        cannot + "it has 1 snapshot, which would stay behind; 'snapshot-delete' removes them",
        refusal(() -> migration(site.driver(), elsewhere).run("web", move())));
    new SnapshotDeletion(site.driver()).run("web", "s", false);
    new PauseOperation(site.driver()).suspend("web");
    assertEquals(
        cannot + "domain is paused; resume it first",
        refusal(() -> migration(site.driver(), elsewhere).run("web", move())));
    new PauseOperation(site.driver()).resume("web");
    assertEquals(site, roots.settle("refused", 1));
  }

  /** Whatever fails, here or there: the guest goes on here, or has gone there. */
  @Test
  void failsAtAnyStep() throws Exception {
    counter();
    int failures = 0;
    boolean succeeded = false;
    for (int step = 1; !succeeded; step += 1 + random.nextInt(MISSED)) {
      AtomicInteger steps = new AtomicInteger();
      int failing = step;
      StepObserver observer =
          (_, _) -> {
            if (steps.incrementAndGet() == failing) {
              throw new IOException("injected");
            }
          };
      int count = guest.count();
      try {
        migration(site.driver(observer), elsewhere).run("web", move());
        succeeded = steps.get() < failing;
      } catch (DomainException failure) {
        String message = failure.getMessage();
        failures++;
        boolean gone = !site.driver().definitions().exists("web");
        boolean told =
            message.contains("injected")
                && (message.endsWith("; it runs on here") || message.contains("' runs at "));
        assertTrue(told || gone, message);
      }
      if (roots.settle("failed at step " + step, count) == elsewhere) {
        count = there.count();
        migration(elsewhere.driver(), site).run("web", move());
        roots.settle("back again after step " + step, count);
      }
    }
    System.out.println("failed at " + failures + " steps");
    assertTrue(failures > 15, failures + " failures");
  }

  /**
   * A signal, as the thread that moves it hears of it: it is taken back, or it is brought to its
   * end.
   */
  @Test
  void isInterruptedAtAnyStep() throws Exception {
    counter();
    Thread mover = Thread.currentThread();
    int takenBack = 0;
    boolean ended = false;
    for (int step = 1; !ended; step += 1 + random.nextInt(MISSED)) {
      AtomicInteger steps = new AtomicInteger();
      int wanted = step;
      StepObserver observer =
          (_, _) -> {
            if (steps.incrementAndGet() == wanted) {
              mover.interrupt();
            }
          };
      int count = guest.count();
      String when = "interrupted before step " + step;
      try {
        migration(site.driver(observer), elsewhere).run("web", move());
      } catch (DomainException failure) {
        takenBack++;
        assertTrue(failure.getMessage().endsWith("; it runs on here"), failure.getMessage());
      }
      boolean heard = Thread.interrupted();
      ended = steps.get() < wanted;
      assertEquals(!ended, heard, when + ": the interrupt is handed on");
      boolean gone = !site.driver().definitions().exists("web");
      assertEquals(gone ? elsewhere : site, roots.settle(when, count), when);
      if (gone) {
        count = there.count();
        migration(elsewhere.driver(), site).run("web", move());
        roots.settle("back again after step " + step, count);
      }
    }
    System.out.println("taken back at " + takenBack + " steps");
    assertTrue(takenBack > 5, takenBack + " times");
  }

  /** One that was handed over to a host that does not answer is neither started nor removed. */
  @Test
  void nobodyTouchesWhatWasHandedOver() throws Exception {
    counter();
    new ManagedSaveOperation(site.driver()).run("web");
    site.driver()
        .statuses()
        .write("web", site.record("web").ended(Condition.of(DomainState.SHUT_OFF, "migrating")));
    MigrationStore marks = new MigrationStore(site.layout());
    marks.write(
        new LeavingGuest(
            "web",
            "0123456789ab",
            "lxc+ssh://root@127.0.0.1:9/system",
            false,
            LeavingGuest.Stage.HANDED_OVER));
    String unknown =
        "cannot settle the interrupted migration to lxc+ssh://root@127.0.0.1:9/system of domain"
            + " 'web': it was handed over to lxc+ssh://root@127.0.0.1:9/system, and whether it"
            + " runs there cannot be asked: cannot reach root@127.0.0.1: ";
    for (Runnable work :
        List.<Runnable>of(
            () -> site.start("web"),
            () -> new StartOperation(site.driver()).run("web", true),
            () -> new UndefineOperation(site.driver()).run("web"),
            () -> new UndefineOperation(site.driver()).runWithStorage("web"),
            () -> new ManagedSaveOperation(site.driver()).remove("web"),
            () -> new RenameOperation(site.driver()).run("web", "other"),
            () -> Snapshots.create(site.driver(), "web", true, "s"),
            () -> migration(site.driver(), elsewhere).run("web", move()))) {
      String message = refusal(work);
      assertTrue(message.startsWith(unknown), message);
      assertTrue(message.contains("'domus migrate --abandon web' gives it back"), message);
    }
    assertEquals("shut off (migrating)", site.state("web"));
    MigrateOperation.abandon(site.driver(), "web");
    assertEquals("shut off (saved)", site.state("web"));
    assertEquals(
        "cannot abandon the migration of domain 'web': none of it is unfinished",
        refusal(() -> MigrateOperation.abandon(site.driver(), "web")));
    assertEquals(site, roots.settle("given up", 1));
  }
}
