// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process of its own that works, takes back, and is told to end meanwhile. */
@Timeout(60)
class InterruptSignalsTest {

  /** Says where it is; taking back takes the time that it is given. */
  static final class Works {
    private Works() {}

    public static void main(String[] arguments) throws Exception {
      int status;
      try (InterruptSignals signals = InterruptSignals.watch(Thread.currentThread())) {
        try {
          System.out.println("works");
          Thread.sleep(Duration.ofSeconds(60));
        } catch (InterruptedException wanted) {
          System.out.println("takes back");
          Thread.sleep(Long.parseLong(arguments[0]));
        }
        System.out.println("done");
        status = signals.status().orElse(0);
      }
      System.exit(Thread.interrupted() ? 1 : status);
    }
  }

  private static Process start(long takesBack) throws IOException {
    return new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Works.class.getName(),
            Long.toString(takesBack))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void signal(Process process, String name)
      throws IOException, InterruptedException {
    assertEquals(
        0, new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor());
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void theFirstIsAnsweredByTakingBack(String name, int status)
      throws IOException, InterruptedException {
    Process process = start(10);
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("works", output.readLine());
      signal(process, name);
      assertEquals("takes back", output.readLine());
      assertEquals("done", output.readLine());
      assertEquals(status, process.waitFor());
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, TERM, 143", "TERM, INT, 130", "HUP, HUP, 129"})
  void aSecondEndsIt(String first, String second, int status)
      throws IOException, InterruptedException {
    Process process = start(60_000);
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("works", output.readLine());
      signal(process, first);
      assertEquals("takes back", output.readLine());
      assertTrue(process.isAlive());
      signal(process, second);
      assertEquals(status, process.waitFor());
      assertFalse(output.ready());
    } finally {
      process.destroyForcibly();
    }
  }
}
