// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guest writes to its console is kept to the byte, and who attaches can talk to it. */
class ConsoleIT {
  private static final int MEBIBYTES = 5;
  private static final int ESCAPE = 0x1d;

  @RegisterExtension final Site site = new Site();

  @Test
  void nobodyAttached() throws Exception {
    byte[] printed = startPrinting("cat /blob");
    Await.until("the end of printing", () -> Files.exists(site.path("tree/done")));
    assertArrayEquals(printed, logs(printed.length));
    site.destroy("loud");
    assertArrayEquals(printed, logs(printed.length), "after the end");
  }

  @Test
  void rotatedWhileItPrints() throws Exception {
    configure("console_log_size = 256K", "console_log_files = 100");
    byte[] piece = startPrinting("while [ ! -e /stop ]; do cat /blob; done");
    Path log = site.layout().domain("loud").log();
    Await.until(
        () -> "rotations: " + ConsoleLog.files(log),
        () -> {
          // Whoever looks at the domain rotates.
          assertEquals("running", site.state("loud"));
          return ConsoleLog.files(log).size() > 5;
        });
    Files.createFile(site.path("tree/stop"));
    Await.until("the end of printing", () -> Files.exists(site.path("tree/done")));
    site.destroy("loud");
    byte[] printed = logs(piece.length);
    assertEquals(0, printed.length % piece.length, "whole pieces");
    for (int from = 0; from < printed.length; from += piece.length) {
      assertTrue(
          Arrays.equals(printed, from, from + piece.length, piece, 0, piece.length),
          "the piece at byte " + from);
    }
  }

  @Test
  void rotationKeepsNoMoreFilesThanItShould() throws Exception {
    configure("console_log_size = 64K", "console_log_files = 2");
    byte[] printed = startPrinting("cat /blob");
    Await.until(
        "the end of printing",
        () -> {
          assertEquals("running", site.state("loud"));
          return Files.exists(site.path("tree/done"));
        });
    Path log = site.layout().domain("loud").log();
    assertTrue(ConsoleLog.files(log).size() <= 3, () -> ConsoleLog.files(log).toString());
    byte[] last = new byte[0];
    for (int rounds = 0; last.length == 0 || !endsWith(printed, last); rounds++) {
      assertTrue(rounds < 1000, "the log is no end of what was printed");
      last = logs(0);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void attached(boolean terminal) throws Exception {
    DomainXml xml =
        DomainXml.named("echo")
            .script("test -t 0 && echo tty; while read -r l; do echo \"got $l\"; done; sleep 9999")
            .root(site.tree("tree"));
    if (terminal) {
      xml.device("<console type='pty'/>");
    }
    site.start(xml);
    ConsoleOperation console = new ConsoleOperation(site.driver());
    assertEquals(terminal, console.hasTerminal("echo"));
    for (int visit = 1; visit <= 2; visit++) {
      String word = "visit " + visit;
      ByteArrayOutputStream seen = new ByteArrayOutputStream();
      try (PipedOutputStream keys = new PipedOutputStream()) {
        Thread user = attach(console, keys, seen);
        keys.write((word + "\n").getBytes(StandardCharsets.UTF_8));
        keys.flush();
        String answer = "got " + word + (terminal ? "\r\n" : "\n");
        Await.until(seen::toString, () -> seen.toString(StandardCharsets.UTF_8).contains(answer));
        assertEquals(
            terminal, seen.toString(StandardCharsets.UTF_8).contains(word + "\r\ngot"), "echo");
        keys.write(ESCAPE);
        keys.flush();
        user.join();
      }
      assertEquals("running", site.state("echo"), "leaving does not end the guest");
    }
    String log = new String(logs(1), StandardCharsets.UTF_8);
    assertEquals(terminal, log.startsWith("tty"), log);
    assertTrue(log.contains("got visit 2"), log);
  }

  @Test
  void guestEndsWhileAttached() throws Exception {
    site.start(
        DomainXml.named("short").script("read -r l; echo bye; exit 3").root(site.tree("tree")));
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    try (PipedOutputStream keys = new PipedOutputStream()) {
      Thread user = attach(new ConsoleOperation(site.driver()), keys, seen);
      keys.write('\n');
      keys.flush();
      user.join();
    }
    assertEquals("bye\n", seen.toString(StandardCharsets.UTF_8));
    Await.until(() -> site.state("short"), () -> site.state("short").contains("exited"));
    assertEquals("shut off (exited 3)", site.state("short"));
  }

  /** Several see the same; what was printed before is in the log only. */
  @Test
  void twoAttached() throws Exception {
    site.start(
        DomainXml.named("both")
            .script("while read -r l; do echo \"got $l\"; done")
            .root(site.tree("tree")));
    ConsoleOperation console = new ConsoleOperation(site.driver());
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    try (PipedOutputStream keys = new PipedOutputStream();
        PipedOutputStream otherKeys = new PipedOutputStream()) {
      Thread one = attach(console, keys, first);
      Thread two = attach(console, otherKeys, second);
      keys.write("x\n".getBytes(StandardCharsets.UTF_8));
      keys.flush();
      Await.until("the first", () -> first.toString(StandardCharsets.UTF_8).equals("got x\n"));
      otherKeys.write("y\n".getBytes(StandardCharsets.UTF_8));
      otherKeys.flush();
      Await.until("both", () -> first.toString(StandardCharsets.UTF_8).endsWith("got y\n"));
      Await.until("both", () -> second.toString(StandardCharsets.UTF_8).endsWith("got y\n"));
      site.destroy("both");
      one.join();
      two.join();
    }
  }

  private Thread attach(ConsoleOperation console, PipedOutputStream keys, ByteArrayOutputStream out)
      throws IOException {
    PipedInputStream in = new PipedInputStream(keys);
    String name = new DomainView(site.driver()).all().getFirst().name();
    return Thread.ofPlatform().start(() -> console.run(name, in, out));
  }

  /** Random bytes, some lines of which are longer than anybody's buffer. */
  private byte[] startPrinting(String command) throws Exception {
    byte[] bytes = new byte[MEBIBYTES << 20];
    Random random = new Random(7);
    random.nextBytes(bytes);
    for (int index = 0; index < 200_000; index++) {
      bytes[index] = bytes[index] == '\n' ? (byte) ' ' : bytes[index];
    }
    bytes[bytes.length - 1] = '\n';
    Files.write(site.tree("tree").resolve("blob"), bytes);
    site.start(
        DomainXml.named("loud")
            .script(command + "; echo >/done; sleep 9999")
            .root(site.path("tree")));
    return bytes;
  }

  /** All that {@code logs} prints, once there is enough of it. */
  private byte[] logs(int least) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String name = new DomainView(site.driver()).all().getFirst().name();
    Await.until(
        "the log",
        () -> {
          out.reset();
          new LogReader(site.driver(), name).drain(out);
          return out.size() >= least;
        });
    return out.toByteArray();
  }

  private static boolean endsWith(byte[] whole, byte[] end) {
    int from = whole.length - end.length;
    return from >= 0 && Arrays.equals(whole, from, whole.length, end, 0, end.length);
  }

  private void configure(String... lines) throws IOException {
    Path file = site.layout().configuration();
    Files.createDirectories(file.getParent());
    Files.write(file, java.util.List.of(lines));
    assertFalse(Files.readString(file).isEmpty());
  }
}
