// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomrenameTest {
  @TempDir Path directory;
  private StoredDomains domains;

  @BeforeEach
  void prepare() throws IOException {
    domains = new StoredDomains(Files.createDirectory(directory.resolve("root")));
    domains.define("web", "  <title>web of /srv/web</title>\n");
  }

  private CommandRun run(String... arguments) {
    return domains.user().run(arguments);
  }

  private TreeMap<String, String> tree() throws IOException {
    TreeMap<String, String> tree = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(domains.root())) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        tree.put(path.toString(), Files.readString(path));
      }
    }
    return tree;
  }

  /** One line of error, and not a byte elsewhere. */
  private void assertRefused(String message, String... arguments) throws IOException {
    TreeMap<String, String> before = tree();
    CommandRun run = run(arguments);
    assertEquals(new CommandRun(Action.FAILED, "", message + "\n"), run);
    TreeMap<String, String> after = tree();
    // Looking takes locks.
    after.keySet().removeIf(file -> file.contains("/run/domus/locks/"));
    before.keySet().removeIf(file -> file.contains("/run/domus/locks/"));
    assertEquals(before, after);
  }

  @Test
  void renamed() throws IOException {
    String uuid = run("domuuid", "web").out();
    String before = domains.stored("web");
    assertEquals(
        new CommandRun(Action.OK, "Domain successfully renamed\n", ""),
        run("domrename", "web", "www"));
    assertEquals(before.replace("<name>web<", "<name>www<"), domains.stored("www"));
    assertEquals("www\n", run("list", "--all", "--name").out());
    assertEquals(uuid, run("domuuid", "www").out());
    assertEquals("error: no domain 'web'\n", run("domstate", "web").err());
    assertEquals(new CommandRun(Action.OK, "", ""), run("-q", "domrename", uuid.strip(), "web"));
    assertEquals(before, domains.stored("web"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "", ".x", "-x", "ü", "a b"})
  void noName(String name) throws IOException {
    assertRefused(
        "error: cannot rename domain 'web' to '"
            + name
            + "': that is no name, which is 1 to 200 letters, digits and the characters _ . + - @,"
            + " not beginning with . - + or @",
        "domrename",
        "--",
        "web",
        name);
  }

  @Test
  void aNameThatIsTaken() throws IOException {
    domains.define("db", "");
    assertRefused(
        "error: cannot rename domain 'web' to 'db': domain 'db' already exists",
        "domrename",
        "web",
        "db");
    assertRefused(
        "error: cannot rename domain 'web' to 'web': it has that name", "domrename", "web", "web");
    domains.define("tr", "");
    domains.startRunning("tr", true);
    Files.delete(domains.file("tr"));
    assertRefused(
        "error: cannot rename domain 'web' to 'tr': domain 'tr' already exists",
        "domrename",
        "web",
        "tr");
    assertRefused("error: cannot rename transient domain 'tr'", "domrename", "tr", "x");
  }

  @ParameterizedTest
  @CsvSource({"domrename", "domrename --dry-run"})
  void aDomainThatRuns(String verb) throws IOException {
    domains.startRunning("web", false);
    assertRefused(
        "error: cannot rename domain 'web' to 'www': domain is running",
        (verb + " web www").split(" ", -1));
  }

  /** A former domain's layers are not to become this one's. */
  @Test
  void whatAFormerDomainLeft() throws IOException {
    Path layer = domains.layout().variable("www").resolve("layers/a");
    Files.createDirectories(layer);
    assertRefused(
        "error: cannot rename domain 'web' to 'www': "
            + domains.layout().variable("www")
            + " holds what a former domain 'www' has left",
        "domrename",
        "web",
        "www");
    Files.delete(layer);
    Files.delete(layer.getParent());
    // An identity alone is nobody's.
    Files.writeString(domains.layout().variable("www").resolve("identity"), "x");
    String uuid = run("domuuid", "web").out();
    assertEquals(Action.OK, run("domrename", "web", "www").status());
    assertEquals(uuid, run("domuuid", "www").out());
  }

  @Test
  void aFileThatIsALink() throws IOException {
    Path real = directory.resolve("git.xml");
    Files.move(domains.file("web"), real);
    Files.createSymbolicLink(domains.file("web"), real);
    assertRefused(
        "error: cannot rename domain 'web' to 'www': "
            + domains.file("web")
            + " is a link to "
            + real,
        "domrename",
        "web",
        "www");
  }

  @Test
  void whatRefersToItIsPointedOut() throws IOException {
    domains.define("app", "  <autostart>\n    <after domain='web'/>\n  </autostart>\n");
    String before = domains.stored("app");
    CommandRun dry = run("domrename", "--dry-run", "web", "www");
    String place = domains.file("app") + ":9: warning: domain 'app' starts after web, which ";
    assertEquals(place + "would be www\n", dry.err());
    CommandRun run = run("domrename", "web", "www");
    assertEquals(place + "is now www\n", run.err());
    assertEquals("Domain successfully renamed\n", run.out());
    assertEquals(before, domains.stored("app"));
  }

  /** The directory goes along, but no path is edited. */
  @Test
  void whatPointsIntoItsDirectoryIsPointedOut() throws IOException {
    String upper = domains.layout().variable("web") + "/up";
    Files.writeString(domains.file("web"), domains.stored("web").replace("/srv/web", upper));
    CommandRun run = run("domrename", "web", "www");
    assertEquals(
        domains.file("www")
            + ":6: warning: domain 'www' uses "
            + upper
            + ", which is now "
            + domains.layout().variable("www")
            + "/up\n",
        run.err());
    assertTrue(domains.stored("www").contains(upper));
  }

  /** What it waits for must not become itself. */
  @Test
  void aNameThatItWaitsFor() throws IOException {
    domains.define("app", "  <autostart><after domain='www'/></autostart>\n");
    CommandRun run = run("domrename", "app", "www");
    assertEquals(Action.FAILED, run.status());
    assertTrue(run.err().startsWith(domains.file("app") + ":8:21: error: "), run.err());
    assertEquals("app\nweb\n", run("list", "--all", "--name").out());
  }

  @Test
  void aDryRunSaysWhatMoves() throws IOException {
    Path log = domains.layout().domain("web").log();
    Files.createDirectories(log.getParent());
    Files.writeString(log, "x");
    Files.writeString(log.resolveSibling("web.log.1"), "y");
    TreeMap<String, String> before = tree();
    assertEquals(
        new CommandRun(
            Action.OK,
            """
            would rename domain 'web' to 'www'
              ROOT/etc/domus/domains/web.xml:2: <name>www</name>
              move ROOT/etc/domus/domains/web.xml to ROOT/etc/domus/domains/www.xml
              move ROOT/var/log/domus/web.log.1 to ROOT/var/log/domus/www.log.1
              move ROOT/var/log/domus/web.log to ROOT/var/log/domus/www.log
              move ROOT/var/lib/domus/domains/web to ROOT/var/lib/domus/domains/www
            """
                .replace("ROOT", domains.root().toString()),
            ""),
        run("domrename", "--dry-run", "web", "www"));
    assertEquals(before, tree());
  }

  @Test
  void theLogGoesAlong() throws IOException {
    Path log = domains.layout().domain("web").log();
    Files.createDirectories(log.getParent());
    Files.writeString(log, "2026-01-01T00:00:00Z stdout F hello\n");
    run("domrename", "web", "www");
    assertEquals("hello\n", run("logs", "www").out());
  }
}
