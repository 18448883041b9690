// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsTest {
  @TempDir Path root;

  private CommandRun run(String... words) {
    return CommandRun.User.of(root).run(words);
  }

  /** What a command prints that waits while these lines are written. */
  private CommandRun told(String lines, String... words) throws Exception {
    Path file = new StoredDomains(root).layout().events();
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    // It may not wait yet when the first are written.
                    while (!Thread.interrupted()) {
                      Files.writeString(file, lines, StandardOpenOption.APPEND);
                      Thread.sleep(100);
                    }
                  } catch (IOException | InterruptedException over) {
                    Thread.currentThread().interrupt();
                  }
                });
    try {
      return run(words);
    } finally {
      writer.interrupt();
      writer.join();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'event':'started','detail':'booted' | Started Booted",
        "'event':'started','detail':'booted','reason':'restart 2' | Started Booted (restart 2)",
        "'event':'stopped','detail':'shutdown','exit':0 | Stopped Shutdown (exited 0)",
        "'event':'stopped','detail':'shutdown','reason':'exited 7','exit':7"
            + " | Stopped Shutdown (exited 7)",
        "'event':'stopped','detail':'shutdown','reason':'reboot','signal':15"
            + " | Stopped Shutdown (reboot, signal 15)",
        "'event':'stopped','detail':'crashed','reason':'oom','signal':9"
            + " | Stopped Crashed (oom, signal 9)",
        "'event':'stopped','detail':'crashed','reason':'signal 9','signal':9"
            + " | Stopped Crashed (signal 9)",
        "'event':'stopped','detail':'destroyed' | Stopped Destroyed"
      })
  void inWords(String fields, String words) throws Exception {
    String line = "{\"time\":\"T\",\"domain\":\"web\",%s}\n".formatted(fields.replace('\'', '"'));
    CommandRun run = told(line, "event", "--timestamp");
    assertEquals(
        "T: event 'lifecycle' for domain 'web': " + words + "\nevents received: 1\n", run.out());
    assertEquals(Action.OK, run.status());
  }

  @Test
  void forPrograms() throws Exception {
    String line =
        "{\"time\":\"T\",\"domain\":\"web\",\"uuid\":\"U\",\"event\":\"stopped\",\"detail\":"
            + "\"crashed\",\"reason\":\"signal 9\",\"signal\":9}\n";
    assertEquals(line, told(line, "event", "-o", "json").out());
  }

  @Test
  void othersOnRequest() throws Exception {
    String line = "{\"domain\":\"web\",\"event\":\"restart-failed\",\"detail\":\"why\"}\n";
    assertEquals(
        "event loop timed out\nevents received: 0\n", told(line, "event", "--timeout", "1").out());
    for (List<String> options : List.of(List.of("--all"), List.of("--event", "restart-failed"))) {
      CommandRun run =
          options.size() == 1
              ? told(line, "event", options.getFirst())
              : told(line, "event", options.getFirst(), options.getLast());
      assertEquals("event 'restart-failed' for domain 'web': why\nevents received: 1\n", run.out());
    }
  }

  @Test
  void listedAndWaitedFor() {
    CommandRun list = run("event", "--list");
    assertTrue(list.out().startsWith("lifecycle\n"), list.out());
    assertTrue(list.out().contains("\nrestart-failed\n"), list.out());
    CommandRun run = run("event", "--timeout", "0");
    assertEquals("event loop timed out\nevents received: 0\n", run.out());
    assertEquals(Action.FAILED, run.status());
  }

  @Test
  void wrongArguments() {
    CommandRun kind = run("event", "--event", "nothing");
    assertEquals(Action.USAGE, kind.status());
    assertTrue(kind.err().contains("there is no event 'nothing'"), kind.err());
    assertEquals(Action.USAGE, run("event", "--all", "--event", "lifecycle").status());
    CommandRun domain = run("event", "--domain", "nobody");
    assertEquals(Action.FAILED, domain.status());
    assertTrue(domain.err().contains("nobody"), domain.err());
  }
}
