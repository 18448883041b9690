// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Somebody who is not root, with a home, a directory for the session, and ranges of ids. Closing
 * ends all that is the user's.
 */
final class OrdinaryUser implements AutoCloseable {
  private static final Path LAUNCHER = Path.of(System.getProperty("domus.checkout"), "domus");

  /** The JVM's cache of classes, which users would make anew each. */
  private static final Path CACHE = Path.of("/srv/cache-of-users");

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name;
  private final int uid;

  private OrdinaryUser(String name, int uid) {
    this.name = name;
    this.uid = uid;
  }

  static OrdinaryUser make() throws IOException, InterruptedException {
    Reapers.keepIdle();
    String name = "user" + COUNT.incrementAndGet();
    Host.run("useradd", "--create-home", name);
    OrdinaryUser user = new OrdinaryUser(name, Integer.parseInt(Host.run("id", "-u", name)));
    Files.createDirectories(user.runtime().getParent());
    Host.run("install", "-d", "-m", "1777", CACHE.toString());
    Host.run("install", "-d", "-m", "700", "-o", name, "-g", name, user.runtime().toString());
    return user;
  }

  String name() {
    return name;
  }

  int uid() {
    return uid;
  }

  /** Where the user's ids begin on the host. */
  int firstId() throws IOException {
    for (String line : Files.readAllLines(Path.of("/etc/subuid"))) {
      if (line.startsWith(name + ":")) {
        return Integer.parseInt(line.split(":", -1)[1]);
      }
    }
    throw new IOException("no ids for " + name);
  }

  Path home() {
    return Path.of("/home", name);
  }

  Path runtime() {
    return Path.of("/run/user", Integer.toString(uid));
  }

  /** A directory below the home, with a tree that a guest runs from. */
  Path tree(String directory) throws IOException, InterruptedException {
    Path tree = GuestTree.make(Files.createDirectories(home().resolve(directory)));
    own();
    return tree;
  }

  Path directory(String relative) throws IOException, InterruptedException {
    Path made = Files.createDirectories(home().resolve(relative));
    own();
    return made;
  }

  private void own() throws IOException, InterruptedException {
    Host.run("chown", "-hR", name + ":", home().toString());
  }

  /** Runs domus on the user's own domains. */
  Ran domus(String... words) throws IOException, InterruptedException {
    return domus(List.of(), Map.of(), List.of(), words);
  }

  /** Runs domus where somebody comes to who says nothing. */
  Ran unasked(String... words) throws IOException, InterruptedException {
    return launch(List.of(), Map.of(), List.of(), List.of(words));
  }

  /**
   * @param around what runs all of it, as root
   * @param environment instead of, or beside, the user's
   * @param within what runs the launcher, as the user
   */
  Ran domus(
      List<String> around, Map<String, String> environment, List<String> within, String... words)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("-c", "lxc:///session"));
    all.addAll(List.of(words));
    return launch(around, environment, within, all);
  }

  private Ran launch(
      List<String> around, Map<String, String> environment, List<String> within, List<String> words)
      throws IOException, InterruptedException {
    List<String> argv = new ArrayList<>(around);
    argv.addAll(List.of("setpriv", "--reuid", name, "--regid", name, "--init-groups"));
    argv.addAll(List.of("--reset-env", "env", "-C", home().toString()));
    argv.add("JAVA_HOME=" + System.getProperty("java.home"));
    argv.add("XDG_RUNTIME_DIR=" + runtime());
    argv.add("XDG_CACHE_HOME=" + CACHE);
    environment.forEach((variable, value) -> argv.add(variable + "=" + value));
    argv.addAll(within);
    argv.add(LAUNCHER.toString());
    argv.addAll(words);
    Path out = Files.createTempFile("out", "");
    Path err = Files.createTempFile("err", "");
    try {
      Process process =
          new ProcessBuilder(argv)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      int exit = process.waitFor();
      return new Ran(exit, Files.readAllBytes(out), Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** The same, and it must succeed; what it printed. */
  String ok(String... words) throws IOException, InterruptedException {
    Ran ran = domus(words);
    assertEquals(0, ran.exit(), () -> String.join(" ", words) + ": " + ran.stderr());
    return ran.stdout();
  }

  void define(DomainXml definition) throws IOException, InterruptedException {
    Path file = home().resolve(definition.name() + ".xml");
    Files.write(file, definition.bytes());
    ok("define", file.toString());
  }

  /** What holds the session's namespaces, as it is on record: pid, start, namespace. */
  String[] pause() throws IOException {
    return Files.readString(runtime().resolve("domus/pause")).strip().split(" ", -1);
  }

  /** The user's processes with a word in their command lines. */
  List<String> processes(String word) throws IOException, InterruptedException {
    List<String> found = new ArrayList<>();
    for (String line : Host.processes(word)) {
      Path process = Path.of("/proc", line.split(":", 2)[0]);
      try {
        if (Files.getAttribute(process, "unix:uid").equals(uid)) {
          found.add(line);
        }
      } catch (IOException gone) {
        continue;
      }
    }
    return found;
  }

  @Override
  public void close() throws Exception {
    Path runs = runtime().resolve("domus/domains");
    if (Files.isDirectory(runs)) {
      for (String domain : domus("list", "--name").stdout().lines().toList()) {
        if (!domain.isBlank()) {
          domus("destroy", domain);
        }
      }
    }
    Await.until(() -> "end of monitors " + host("conmon"), () -> host("conmon").isEmpty());
    for (String line : host("sleep infinity")) {
      Host.run("kill", "-KILL", line.split(":", 2)[0]);
    }
    Await.until(
        () -> "end of " + host(""), () -> host("").stream().noneMatch(line -> line.contains("/")));
    assertEquals(
        List.of(),
        Host.mounts().stream().filter(line -> line.contains(runtime().toString())).toList(),
        "mounts left");
  }

  private List<String> host(String word) {
    try {
      return processes(word);
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Whoever comes while it is still dying would join it. */
  void endPause() throws Exception {
    String pause = pause()[0];
    Host.run("kill", "-KILL", pause);
    Await.until("the end of the pause process", () -> !Files.exists(Path.of("/proc/" + pause)));
  }
}
