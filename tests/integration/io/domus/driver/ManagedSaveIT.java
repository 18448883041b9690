// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.driver.SnapshotOperation.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A guest that counts, in its memory and in a file: wherever it was interrupted, the two agree, and
 * no number is missing or there twice.
 */
class ManagedSaveIT {
  /** Over the guest's own loopback, by processes that run on for a while. */
  private static final String CONNECTION =
      "timeout 8 nc -l -p 77 </dev/zero >/dev/null 2>&1 & sleep 0.3;"
          + " (sleep 8 | timeout 8 nc 127.0.0.1 77) </dev/null >/dev/null 2>&1 &";

  private static final int ROUNDS = 6;
  private static final int INSTANTS = 3;

  @RegisterExtension final Site site = new Site();

  private final Random random = new Random(5);
  private CountingGuest guest;

  private void counter(String devices) throws Exception {
    guest = new CountingGuest(site, "web");
    guest.start(devices);
  }

  private List<String> numbers() throws IOException {
    return guest.numbers(site.path("upper/count"));
  }

  private void awaitCount(int number) throws Exception {
    guest.await(site.path("upper/count"), number);
  }

  private void save() {
    new ManagedSaveOperation(site.driver()).run("web");
  }

  private boolean start() {
    return new StartOperation(site.driver()).run("web", false);
  }

  private ManagedSave image() {
    return new ManagedSave(site.driver(), "web");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<console type='pty'/>"})
  void memoryAndFilesAgree(String console) throws Exception {
    counter(console);
    for (int round = 0; round < ROUNDS; round++) {
      Thread.sleep(random.nextInt(60));
      save();
      int count = numbers().size();
      assertEquals("shut off (saved)", site.state("web"));
      assertTrue(image().exists());
      Thread.sleep(20);
      assertEquals(count, numbers().size(), "it stands still");
      assertTrue(start());
      assertEquals("running", site.state("web"));
      assertFalse(image().exists(), "an image serves for one run");
      awaitCount(count + 2);
      numbers();
    }
    assertEquals("web\n", site.output("web", "env", "sh", "-c", "echo $LIBVIRT_LXC_NAME"));
    destroy();
    assertEquals("shut off (destroyed)", site.state("web"));
  }

  /** Whoever restores makes cgroups, too. */
  private void destroy() throws Exception {
    site.destroy("web");
    assertEquals(
        "",
        Host.run("find", "/sys/fs/cgroup", "-name", "domus-" + site.layout().id() + "-*"),
        "cgroups that are left");
  }

  /** What happens to the definition and the image in between. */
  @Test
  void theImageIsLookedAfter() throws Exception {
    counter("");
    save();
    String remedy =
        ": it has a managed save image; start it, or remove the image with 'managedsave-remove"
            + " web'";
    assertEquals(
        "cannot undefine domain 'web'" + remedy + " or --managed-save",
        refusal(() -> new UndefineOperation(site.driver()).run("web")));
    assertEquals(
        "cannot undefine domain 'web'" + remedy + " or --managed-save",
        refusal(() -> new UndefineOperation(site.driver()).runWithStorage("web")));
    assertEquals(
        "cannot rename domain 'web' to 'other'" + remedy,
        refusal(() -> new RenameOperation(site.driver()).run("web", "other")));
    assertEquals("cannot save domain 'web': domain is not running", refusal(this::save));
    int count = numbers().size();
    assertFalse(new StartOperation(site.driver()).run("web", true), "it boots");
    assertFalse(image().exists());
    Await.until(
        "a first number once more",
        () -> Files.readAllLines(site.path("upper/count")).lastIndexOf("1") >= count);
    save();
    new ManagedSaveOperation(site.driver()).remove("web");
    assertFalse(image().exists());
    assertFalse(start(), "there is nothing to go on from");
    site.destroy("web");
    new UndefineOperation(site.driver()).run("web");
    assertFalse(Files.exists(site.layout().variable("web")));
  }

  /** It comes back, and stands still again in a moment. */
  @Test
  void aPausedGuestStaysPaused() throws Exception {
    counter("");
    PauseOperation pause = new PauseOperation(site.driver());
    for (int round = 0; round < 3; round++) {
      pause.suspend("web");
      int count = numbers().size();
      save();
      assertEquals("shut off (saved)", site.state("web"));
      assertEquals(count, numbers().size());
      assertTrue(start());
      assertEquals("paused", site.state("web"));
      count = guest.count();
      Snapshots.create(site.driver(), "web", Wanted.ALL, "live");
      assertEquals("paused", site.state("web"));
      assertTrue(Snapshots.revert(site.driver(), "web", "live").runs());
      assertEquals("paused", site.state("web"));
      assertTrue(guest.count() >= count);
      count = guest.count();
      Thread.sleep(50);
      assertEquals(count, guest.count(), "it stands still");
      pause.resume("web");
      guest.goesOn();
      new SnapshotDeletion(site.driver()).all("web");
    }
  }

  @Test
  void killedWhileItSavesAPausedGuest() throws Exception {
    counter("");
    int status = Victim.KILLED;
    for (int step = 1; status == Victim.KILLED; step++) {
      new PauseOperation(site.driver()).suspend("web");
      int count = guest.count();
      Victim victim = new Victim(site, "web");
      victim.begin("save", step);
      status = victim.await();
      String when = "killed before step " + step;
      if (!new DomainView(site.driver()).one("web").condition().state().active()) {
        assertTrue(start(), when + ": it was booted anew");
      }
      assertEquals("paused", site.state("web"), when);
      assertTrue(guest.count() >= count, when);
      new PauseOperation(site.driver()).resume("web");
      guest.goesOn();
      assertFalse(image().exists(), when);
    }
  }

  private static String refusal(Runnable work) {
    return assertThrows(OperationInvalidException.class, work::run).getMessage();
  }

  /** CRIU says what it lacks; the guest has noticed nothing. */
  @Test
  void aGuestThatCannotBeSavedRunsOn() throws Exception {
    counter("");
    site.output("web", "sh", "-c", CONNECTION);
    Await.until(
        "a connection",
        () -> site.output("web", "busybox", "netstat", "-tn").contains("ESTABLISHED"));
    String message = assertThrows(OperationFailedException.class, this::save).getMessage();
    assertTrue(message.startsWith("cannot save domain 'web': step 9 of 11, "), message);
    assertTrue(message.contains("/web.checkpoint/dump.log"), message);
    assertTrue(message.contains("--tcp-established"), message);
    assertEquals("running", site.state("web"));
    awaitCount(numbers().size() + 2);
    assertFalse(image().exists());
    assertFalse(Files.exists(site.layout().variable("web").resolve("saving")));
    Await.until(
        "the end of the connection",
        () -> !site.output("web", "busybox", "netstat", "-tn").contains("ESTABLISHED"));
    save();
    assertTrue(start());
    awaitCount(numbers().size() + 2);
    numbers();
  }

  /** Whoever saves dies before each step, and the next command finds a guest that is whole. */
  @Test
  void killedWhileItSaves() throws Exception {
    counter("");
    int status = Victim.KILLED;
    for (int step = 1; status == Victim.KILLED; step++) {
      Victim victim = new Victim(site, "web");
      victim.begin("save", step);
      status = victim.await();
      goOn("killed before step " + step);
    }
  }

  @Test
  void killedWhileItRestores() throws Exception {
    counter("");
    save();
    int status = Victim.KILLED;
    for (int step = 1; status == Victim.KILLED; step++) {
      Victim victim = new Victim(site, "web");
      victim.begin("start", step);
      status = victim.await();
      goOn("killed before step " + step);
      save();
    }
    assertTrue(start());
    destroy();
  }

  @Test
  void killedAtAnyInstant() throws Exception {
    counter("");
    for (int round = 0; round < INSTANTS; round++) {
      Victim saving = new Victim(site, "web");
      saving.begin("save", 0);
      int delay = random.nextInt(900);
      saving.killAfter(Duration.ofMillis(delay));
      goOn("killed after " + delay + " ms of saving");
      save();
      Victim starting = new Victim(site, "web");
      starting.begin("start", 0);
      delay = random.nextInt(900);
      starting.killAfter(Duration.ofMillis(delay));
      goOn("killed after " + delay + " ms of starting");
    }
    destroy();
  }

  /** It runs on already, or does so from its image. */
  private void goOn(String when) throws Exception {
    try {
      assertTrue(start(), () -> when + ": it was booted anew");
    } catch (OperationInvalidException running) {
      assertEquals("cannot start domain 'web': domain is already running", running.getMessage());
    }
    assertEquals("running", site.state("web"), when);
    int count = numbers().size();
    awaitCount(count + 2);
    numbers();
    Path kept = site.layout().variable("web");
    for (String part : List.of("saving", "save", "resuming")) {
      assertFalse(Files.exists(kept.resolve(part)), when + ": " + part + " is left");
    }
  }
}
