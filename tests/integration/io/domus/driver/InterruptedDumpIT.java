// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainException;
import io.domus.domain.OperationInvalidException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever is interrupted while a guest is saved has it running on, or saved; at any instant. */
class InterruptedDumpIT {
  private static final int ROUNDS = 30;
  private static final int LAUNCHES = 10;

  @RegisterExtension final Site site = new Site();

  private final List<String> fates = new ArrayList<>();
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @AfterEach
  void tell() {
    System.out.println("seed " + seed);
    fates.forEach(System.out::println);
  }

  private CountingGuest counter() throws Exception {
    CountingGuest guest = new CountingGuest(site, "web");
    guest.start("");
    return guest;
  }

  /** It goes on from where it was, and never anew. */
  private void goesOn(CountingGuest guest, int least, String when) throws Exception {
    try {
      boolean restored = new StartOperation(site.driver()).run("web", false);
      assertTrue(restored, when + ": it was booted anew");
      fates.add(when + ": saved");
    } catch (OperationInvalidException running) {
      assertEquals("cannot start domain 'web': domain is already running", running.getMessage());
      fates.add(when + ": runs on");
    }
    int count = guest.count();
    assertTrue(count >= least, when + ": it has counted to " + count + ", not " + least);
    guest.goesOn();
  }

  private void save() {
    new ManagedSaveOperation(site.driver()).run("web");
  }

  @Test
  void byAnInterrupt() throws Exception {
    CountingGuest guest = counter();
    save();
    new StartOperation(site.driver()).run("web", false);
    Instants instants = Instants.of(random, this::save);
    new StartOperation(site.driver()).run("web", false);
    for (int round = 0; round < ROUNDS; round++) {
      int least = guest.count();
      Duration delay = instants.next();
      List<String> failures = new ArrayList<>();
      Thread saving =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      save();
                    } catch (DomainException failure) {
                      failures.add(failure.getMessage());
                    }
                  });
      Thread.sleep(delay);
      saving.interrupt();
      saving.join();
      goesOn(guest, least, "after " + delay.toMillis() + " ms " + failures);
    }
  }

  /** As a terminal does it: all that is in the foreground is sent the signal. */
  @Test
  void byATerminal() throws Exception {
    CountingGuest guest = counter();
    // The first one may have to make ready for a quick start.
    assertEquals(0, launch().waitFor());
    new StartOperation(site.driver()).run("web", false);
    Instants instants = Instants.of(random, () -> assertEquals(0, launch().waitFor()));
    new StartOperation(site.driver()).run("web", false);
    for (int round = 0; round < LAUNCHES; round++) {
      int least = guest.count();
      Duration delay = instants.next();
      Process process = launch();
      Thread.sleep(delay);
      if (process.isAlive()) {
        Host.run("kill", "-s", "INT", "--", "-" + process.pid());
      }
      process.waitFor();
      goesOn(
          guest,
          least,
          "^C after %d ms, status %d".formatted(delay.toMillis(), process.exitValue()));
    }
  }

  private Process launch() throws Exception {
    List<String> argv = new ArrayList<>(List.of("setsid"));
    argv.addAll(List.of(site.command("managedsave", "web")));
    return new ProcessBuilder(argv).inheritIO().start();
  }
}
