// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A guest that counts is moved by a secure shell to what is another host as far as its bases tell,
 * by the command itself.
 */
class RemoteMigrateIT {
  private static final int KILLS = 6;
  private static final String RECEIVER = "migrate-receive";

  @RegisterExtension final Site site = new Site();

  /** The state of the other host. */
  private final Site elsewhere = new Site();

  private final TwoRoots roots = new TwoRoots(site, elsewhere);
  private final Random random = new Random(29);
  private Instants instants;
  private final List<String> fates = new ArrayList<>();
  private CountingGuest guest;
  private CountingGuest there;
  private SshHost far;
  private SshHost near;

  private void counter() throws Exception {
    elsewhere.open("RemoteMigrateIT-elsewhere");
    Path shown = elsewhere.empty("bases");
    far = SshHost.start(site.path("far"), 2201, site.empty("bases"), shown);
    near = SshHost.start(site.path("near"), 2202, site.empty("nothing"), site.empty("nothing"));
    guest = new CountingGuest(site, "web");
    there = new CountingGuest(elsewhere, "web");
    GuestTree.make(base());
    EveryInode.make(base().resolve("all"));
    guest.start("", base());
    // The first call on a machine prepares the JVM's cache, which takes longer than a move.
    assertEquals(0, migrate(far.uri(elsewhere), "--dry-run").exit());
  }

  private Path base() {
    return site.path("bases/tree");
  }

  @AfterEach
  void leaveNothing() throws Exception {
    fates.forEach(System.out::println);
    if (far != null) {
      far.close();
      near.close();
    }
    elsewhere.close();
  }

  /** The command, which is still at work. */
  private Process begin(String... words) throws IOException {
    List<String> argv = new ArrayList<>(List.of(site.home().resolve("domus").toString()));
    argv.addAll(List.of("-c", ConnectUri.embedded(site.root()).text()));
    argv.addAll(List.of(words));
    return started(argv);
  }

  private static Process started(List<String> argv) throws IOException {
    return new ProcessBuilder(argv).redirectErrorStream(true).start();
  }

  private static Ran ended(Process process) throws Exception {
    byte[] printed = process.getInputStream().readAllBytes();
    return new Ran(process.waitFor(), printed, "");
  }

  private Ran migrate(String uri, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of("migrate", "web", uri));
    words.addAll(List.of(more));
    return ended(begin(words.toArray(String[]::new)));
  }

  private Ran back() throws Exception {
    return ended(started(far.there(command("migrate", "web", near.uri(site)))));
  }

  /** Over there. */
  private List<String> command(String... words) {
    List<String> argv = new ArrayList<>(List.of(elsewhere.home().resolve("domus").toString()));
    argv.addAll(List.of("-c", ConnectUri.embedded(elsewhere.root()).text()));
    argv.addAll(List.of(words));
    return argv;
  }

  @Test
  void movesThereAndBack() throws Exception {
    counter();
    Ran dry = migrate(far.uri(elsewhere), "--dry-run");
    assertTrue(dry.stdout().startsWith("would copy base '" + base() + "'\n"), dry.stdout());
    assertFalse(Files.exists(elsewhere.root().resolve("etc")));
    for (int round = 0; round < 2; round++) {
      int count = guest.count();
      Ran ran = migrate(far.uri(elsewhere));
      System.out.println(ran.stdout());
      assertEquals(0, ran.exit(), ran.stdout());
      assertEquals(round == 0, ran.stdout().contains("base '" + base() + "' was copied"));
      assertTrue(ran.stdout().contains("'web' stood still for "), ran.stdout());
      assertEquals(elsewhere, roots.settle("moved", count));
      count = there.count();
      ran = back();
      System.out.println(ran.stdout());
      assertEquals(0, ran.exit(), ran.stdout());
      assertEquals(site, roots.settle("moved back", count));
    }
    assertEquals(TreeDigest.of(base()), TreeDigest.of(elsewhere.path("bases/tree")));
    assertEquals(
        List.of("tree"),
        Files.list(elsewhere.path("bases")).map(f -> f.getFileName().toString()).toList());
    roots.remove();
  }

  private void refused(String uri, String why) throws Exception {
    Ran ran = migrate(uri);
    assertEquals(1, ran.exit(), ran.stdout());
    assertTrue(
        ran.stdout().startsWith("error: cannot migrate domain 'web' to " + uri + ": " + why),
        ran.stdout());
    assertEquals(1, ran.stdout().lines().count(), ran.stdout());
    assertEquals("running", site.state("web"), why);
    guest.goesOn();
  }

  /** At once, with the host named, and the guest has not felt anything. */
  @Test
  void whatCannotBeIsRefused() throws Exception {
    counter();
    String uri = far.uri(elsewhere);
    refused(uri.replace(":2201", ":2209"), "cannot reach root@127.0.0.1: ");
    refused(uri.replace("far/key", "far/host"), "cannot reach root@127.0.0.1: ");
    refused(uri.replace("no_verify=1", "no_verify=0"), "cannot reach root@127.0.0.1: ");
    refused(uri + "/none", "there is no '" + elsewhere.home().resolve("domus/none") + "' at ");
    Path old = site.path("old");
    Files.writeString(old, "#!/bin/sh\necho \"error: unknown command\" >&2\nexit 2\n");
    Host.run("chmod", "+x", old.toString());
    String command = "&command=" + old;
    refused(
        uri.replaceFirst("&command=.*", command),
        "domus at root@127.0.0.1 is too old: it cannot receive guests: error: unknown command");
    Files.writeString(old, "#!/bin/sh\necho '{\"domus-migrate\":0}'\ncat >/dev/null\n");
    refused(uri.replaceFirst("&command=.*", command), "domus at root@127.0.0.1 is too old: ");
    Files.createDirectories(elsewhere.path("bases/tree"));
    refused(
        uri, "root@127.0.0.1: base '" + base() + "' is not what it is where the guest comes from");
    Files.delete(elsewhere.path("bases/tree"));
    elsewhere.tree("other");
    elsewhere.define(DomainXml.named("web").root(elsewhere.path("other")));
    refused(uri, "root@127.0.0.1: domain 'web' already exists there");
    new UndefineOperation(elsewhere.driver()).run("web");
    assertEquals(0, migrate(uri).exit());
    assertEquals(elsewhere, roots.settle("moved", 1));
  }

  /** The command, at work for a while since the other side has made ready. */
  private Process begun(Duration delay) throws Exception {
    Process process = begin("migrate", "web", far.uri(elsewhere));
    Await.until(
        "the other side",
        () -> !process.isAlive() || Files.exists(elsewhere.layout().migrations()));
    process.waitFor(delay.toNanos(), TimeUnit.NANOSECONDS);
    return process;
  }

  /** It is off the wire when this is over, and nobody is at work any more. */
  private void quiet() throws Exception {
    Await.until(
        () -> "the end of " + Host.processes(RECEIVER) + Host.processes("rsync "),
        () -> Host.processes(RECEIVER).isEmpty() && Host.processes("rsync ").isEmpty());
  }

  private void settled(String when, int least) throws Exception {
    quiet();
    // Its bases are what they are over there alone: there it has to clear up.
    assertEquals(0, ended(started(far.there(command("list", "--all")))).exit());
    Site where = roots.settle(when, least);
    fates.add(when + ": it goes on " + (where == site ? "here" : "there"));
    if (where == elsewhere) {
      Ran ran = back();
      assertEquals(0, ran.exit(), ran.stdout());
      assertEquals(site, roots.settle("back after " + when, least));
    }
  }

  /** Once there and back: the base is there, and what takes time is the guest's own. */
  private void warmedUp() throws Exception {
    counter();
    assertEquals(0, migrate(far.uri(elsewhere)).exit());
    settled("moved once", 1);
    Process process = begun(Duration.ZERO);
    instants = Instants.of(random, () -> assertEquals(0, ended(process).exit()));
    settled("moved in " + instants.whole().toMillis() + " ms", 1);
  }

  @Test
  void theCommandDies() throws Exception {
    warmedUp();
    for (int round = 0; round < KILLS; round++) {
      int least = guest.count();
      Duration delay = instants.next();
      Process process = begun(delay);
      process.destroyForcibly().waitFor();
      settled("the command killed after " + delay.toMillis() + " ms", least);
    }
    roots.remove();
  }

  /** Domus, a shell or a copy over there. */
  @Test
  void theOtherSideDies() throws Exception {
    warmedUp();
    List<String> victims =
        List.of(RECEIVER, "rsync --server", "sshd-session", "ControlMaster=yes", "criu: restore");
    for (int round = 0; round < KILLS; round++) {
      int least = guest.count();
      Duration delay = instants.next();
      Process process = begun(delay);
      String victim = victims.get(round % victims.size());
      List<String> killed = Host.processes(victim);
      for (String line : killed) {
        ProcessHandle.of(Long.parseLong(line.substring(0, line.indexOf(':'))))
            .ifPresent(ProcessHandle::destroyForcibly);
      }
      Ran ran = ended(process);
      String when =
          "%d of '%s' killed after %d ms, status %d"
              .formatted(killed.size(), victim, delay.toMillis(), ran.exit());
      fates.add(when + ": " + ran.stdout().strip());
      settled(when, least);
    }
    roots.remove();
  }

  @Test
  void signalsTakeItBack() throws Exception {
    warmedUp();
    for (String signal : List.of("TERM", "INT", "TERM", "INT")) {
      int least = guest.count();
      Duration delay = instants.next();
      Process process = begun(delay);
      if (process.isAlive()) {
        Host.run("kill", "-s", signal, Long.toString(process.pid()));
      }
      Ran ran = ended(process);
      String when = "%s after %d ms, status %d".formatted(signal, delay.toMillis(), ran.exit());
      fates.add(when + ": " + ran.stdout().strip());
      boolean gone = ran.exit() == 0;
      assertEquals(!gone, site.driver().definitions().exists("web"), when + ran.stdout());
      assertEquals(gone ? 0 : signal.equals("TERM") ? 143 : 130, ran.exit(), ran.stdout());
      assertTrue(
          gone
              || ran.stdout().contains("it runs on here")
              || ran.stdout().endsWith(": interrupted\n"),
          ran.stdout());
      settled(when, least);
    }
    roots.remove();
  }
}
