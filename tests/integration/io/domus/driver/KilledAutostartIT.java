// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code domus start -a} and all that it has begun dies at any moment; the next one goes on. */
class KilledAutostartIT {
  private static final int GUESTS = 8;
  private static final int ROUNDS = 8;

  @RegisterExtension final Site site = new Site();

  private final Random random = new Random(6);

  @Test
  void theNextOneStartsTheRestOnce(TestReporter reporter) throws Exception {
    Batch batch = new Batch(site);
    Path base = site.tree("base");
    for (int number = 0; number < GUESTS; number++) {
      String after = number > 2 ? "<after domain='d%d'/>".formatted(number - 3) : "";
      site.define(
          DomainXml.named("d" + number)
              .with("<autostart enabled='yes'>" + after + "</autostart>")
              .script("marker=guest-" + number + "; while :; do sleep 1000; done")
              .device(
                  Filesystems.overlay(
                      site.empty("u" + number),
                      site.empty("w" + number),
                      "/",
                      Filesystems.directory(base))));
    }
    assertEquals(0, batch.command("start", "-a").exit());
    destroyAll();
    // With all that is made at its first use made.
    Instants all = Instants.of(random, () -> assertEquals(0, batch.command("start", "-a").exit()));
    Instants one = new Instants(random, all.whole().dividedBy(2 * GUESTS));
    destroyAll();
    MachineState before = MachineState.of(site);
    int killed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      batch.forgetEvents();
      Process command = launch();
      int events = random.nextInt(GUESTS);
      Await.until(
          "start " + events,
          () -> !command.isAlive() || events == 0 || batch.names("started").size() >= events);
      Thread.sleep(events == 0 ? all.next() : one.next());
      killed += killTree(command) ? 1 : 0;
      Map<String, Integer> inits = new HashMap<>();
      for (DomainView.Summary domain : new DomainView(site.driver()).all()) {
        domain.id().ifPresent(id -> inits.put(domain.name(), id));
      }
      Ran next = batch.command("start", "-a");
      assertEquals("0 ", next.exit() + " " + next.stderr());
      for (int number = 0; number < GUESTS; number++) {
        String name = "d" + number;
        assertEquals("running", site.state(name));
        if (inits.containsKey(name)) {
          assertEquals(inits.get(name), site.init(name), name + " was left alone");
        }
        assertEquals(1, guests(number).size(), name);
      }
      destroyAll();
      assertEquals(List.of(), site.processes());
      before.assertUnchanged("round " + round);
    }
    reporter.publishEntry("killed", killed + " of " + ROUNDS);
    assertTrue(killed > ROUNDS / 2, "the test was too slow to kill anybody");
  }

  private void destroyAll() throws Exception {
    new Autostopper(site.driver()).run(Batch.FLAGGED, new Autostopper.Way.Kill(), _ -> {});
  }

  private static List<String> guests(int number) {
    return Host.processes("marker=guest-" + number + ";");
  }

  private Process launch() throws Exception {
    return new ProcessBuilder(site.command("start", "-a"))
        .redirectErrorStream(true)
        .redirectOutput(site.path("scratch/killed").toFile())
        .start();
  }

  /** True if it was still at it. */
  private static boolean killTree(Process command) throws Exception {
    List<ProcessHandle> tree = new ArrayList<>(command.descendants().toList());
    boolean alive = command.isAlive();
    command.destroyForcibly();
    tree.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle each : tree) {
      Await.until("the end of " + each.pid(), () -> !each.isAlive() || isZombie(each.pid()));
    }
    return command.waitFor() == 128 + 9 && alive;
  }

  private static boolean isZombie(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
    } catch (java.io.IOException gone) {
      return true;
    }
  }
}
