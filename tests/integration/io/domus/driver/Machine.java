// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A machine of its own in the testbed, with systemd as process 1 and Domus installed in it. It can
 * be switched on and off; its disk lasts.
 */
final class Machine implements AutoCloseable {
  private static final Path CHECKOUT = Path.of(System.getProperty("domus.checkout"));
  private static final String SCRIPT = CHECKOUT.resolve("tests/testbed.d/machine").toString();

  /** A power-off that takes longer has run into a time limit of systemd's. */
  private static final int POWER_OFF_SECONDS = 60;

  private final Path directory;
  private Process running;

  private Machine(Path directory) {
    this.directory = directory;
  }

  static Machine make() throws IOException, InterruptedException {
    Machine machine = new Machine(Files.createTempDirectory(Path.of("/srv"), "machine"));
    Host.run(SCRIPT, "make", machine.directory.toString());
    machine.prepare(CHECKOUT.resolve("domus").toString(), "install", "--prefix=/usr");
    return machine;
  }

  /** A file of the machine's, below {@code srv}, {@code home} or {@code var/lib/domus}. */
  Path disk(String path) {
    return directory.resolve("disk").resolve(path);
  }

  /** Any other file of the machine's that it has written. */
  Path written(String path) {
    return directory.resolve("upper").resolve(path);
  }

  /** Runs a command while the machine is off. */
  Ran chroot(String... argv) throws IOException, InterruptedException {
    return script("chroot", argv);
  }

  /** The same, and it must succeed. */
  void prepare(String... argv) throws IOException, InterruptedException {
    ok(chroot(argv));
  }

  /** Runs a command while it is on. */
  Ran enter(String... argv) throws IOException, InterruptedException {
    return script("enter", argv);
  }

  /** The same, and it must succeed; what it printed. */
  String run(String... argv) throws IOException, InterruptedException {
    return ok(enter(argv));
  }

  private String ok(Ran ran) {
    assertEquals(0, ran.exit(), () -> ran.stdout() + ran.stderr());
    return ran.stdout().strip();
  }

  /** As somebody who has logged in: in a scope, which ends at once when the machine goes down. */
  String login(String... argv) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("systemd-run", "--scope", "--quiet", "--"));
    words.addAll(List.of(argv));
    return run(words.toArray(String[]::new));
  }

  private Ran script(String verb, String... argv) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(SCRIPT, verb, directory.toString()));
    words.addAll(List.of(argv));
    Path errors = Files.createTempFile("err", "");
    try {
      Process process = new ProcessBuilder(words).redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      byte[] out = process.getInputStream().readAllBytes();
      return new Ran(process.waitFor(), out, Files.readString(errors, StandardCharsets.ISO_8859_1));
    } finally {
      Files.delete(errors);
    }
  }

  /** Switches it on, and waits until all that starts with it has started. */
  void boot() throws Exception {
    Files.deleteIfExists(directory.resolve("process"));
    running =
        new ProcessBuilder(SCRIPT, "boot", directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("boot.log").toFile())
            .start();
    Await.until(
        () -> "systemd: " + said(),
        () -> {
          assertTrue(running.isAlive(), "systemd did not start: " + said());
          return Files.exists(directory.resolve("process"))
              && enter("test", "-S", "/run/systemd/private").exit() == 0;
        });
    Ran state = enter("systemctl", "is-system-running", "--wait");
    assertEquals(
        "running",
        state.stdout().strip(),
        () -> state.stderr() + journal("--boot", "--priority", "notice"));
  }

  private String said() {
    try {
      return Files.readString(directory.resolve("boot.log"));
    } catch (IOException absent) {
      return "";
    }
  }

  /** What the journal has, for who wants to know why. */
  String journal(String... words) {
    try {
      List<String> argv = new ArrayList<>(List.of("journalctl", "--no-pager", "--output=cat"));
      argv.addAll(List.of(words));
      return enter(argv.toArray(String[]::new)).stdout();
    } catch (IOException | InterruptedException failure) {
      return failure.toString();
    }
  }

  void powerOff() throws Exception {
    run("systemctl", "poweroff");
    assertTrue(
        running.waitFor(POWER_OFF_SECONDS, TimeUnit.SECONDS),
        () -> "not off within " + POWER_OFF_SECONDS + " s: " + journal("--lines=60"));
    assertEquals("", said());
  }

  /** The cgroup of a process of the machine's, as it sees it itself. */
  String cgroup(String pid) throws Exception {
    return run("grep", "^0::", "/proc/" + pid + "/cgroup").substring("0::".length());
  }

  @Override
  public void close() throws Exception {
    if (running != null && running.isAlive()) {
      running.destroyForcibly().waitFor();
    }
  }
}
