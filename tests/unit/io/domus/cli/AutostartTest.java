// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code autostart}, and where its effect is shown. */
class AutostartTest {
  @TempDir Path directory;
  private StoredDomains domains;

  @BeforeEach
  void prepare() throws IOException {
    domains = new StoredDomains(Files.createDirectory(directory.resolve("root")));
    domains.define("web", "");
  }

  private CommandRun run(String... arguments) {
    return domains.user().run(arguments);
  }

  private void assertSays(String out, String... arguments) {
    assertEquals(new CommandRun(Action.OK, out, ""), run(arguments));
  }

  @Test
  void markedAndUnmarked() throws IOException {
    assertSays("Domain 'web' marked as autostarted\n", "autostart", "web");
    assertEquals(
        StoredDomains.definition("web", "  <autostart enabled='yes'/>\n"), domains.stored("web"));
    assertSays("Domain 'web' unmarked as autostarted\n", "autostart", "--disable", "web");
    assertEquals(
        StoredDomains.definition("web", "  <autostart enabled='no'/>\n"), domains.stored("web"));
    assertSays("", "-q", "autostart", "web");
    assertTrue(domains.stored("web").contains("enabled='yes'"));
  }

  @Test
  void byUuid() {
    String uuid = run("domuuid", "web").out().strip();
    assertSays("Domain 'web' marked as autostarted\n", "autostart", uuid);
  }

  @Test
  void whatIsSoAlreadyIsNotWritten() throws IOException {
    run("autostart", "web");
    Path file = domains.file("web");
    FileTime old = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file, old);
    Object inode = Files.getAttribute(file, "unix:ino");
    assertSays("Domain 'web' marked as autostarted\n", "autostart", "web");
    assertEquals(old, Files.getLastModifiedTime(file));
    assertEquals(inode, Files.getAttribute(file, "unix:ino"));

    domains.define("db", "");
    String before = domains.stored("db");
    assertSays("Domain 'db' unmarked as autostarted\n", "autostart", "db", "--disable");
    assertEquals(before, domains.stored("db"));
  }

  @Test
  void anyEncoding() throws IOException {
    String text = "\uFEFF" + StoredDomains.definition("web", "<!-- ü -->\n").replace("\n", "\r\n");
    Files.write(domains.file("web"), text.getBytes(StandardCharsets.UTF_16BE));
    run("autostart", "web");
    assertArrayEquals(
        text.replace("</devices>", "</devices>\r\n  <autostart enabled='yes'/>")
            .getBytes(StandardCharsets.UTF_16BE),
        Files.readAllBytes(domains.file("web")));
  }

  @Test
  void theFileStaysWhatItIs() throws IOException {
    Path real = directory.resolve("git.xml");
    Files.move(domains.file("web"), real);
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
    Files.createSymbolicLink(domains.file("web"), real);
    run("autostart", "web");
    assertTrue(Files.isSymbolicLink(domains.file("web")));
    assertTrue(Files.readString(real).contains("<autostart enabled='yes'/>"));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
  }

  @Test
  void aDryRunSaysTheLine() throws IOException {
    String before = domains.stored("web");
    assertSays(
        "would mark domain 'web' as autostarted\n  "
            + domains.file("web")
            + ":8: <autostart enabled='yes'/>\n",
        "autostart",
        "--dry-run",
        "web");
    assertSays(
        "domain 'web' is unmarked as autostarted already\n",
        "autostart",
        "--dry-run",
        "--disable",
        "web");
    assertEquals(before, domains.stored("web"));
  }

  @Test
  void aGuestGoesOn() throws IOException {
    domains.startRunning("web", false);
    String status = Files.readString(domains.layout().domain("web").status());
    assertSays("Domain 'web' marked as autostarted\n", "autostart", "web");
    assertEquals(status, Files.readString(domains.layout().domain("web").status()));
    // As stored, not as the guest was started.
    assertTrue(run("dominfo", "web").out().contains("Autostart:      enable\n"));
    assertTrue(run("list").out().contains("   yes\n"), run("list").out());
  }

  @Test
  void whatIsNotStoredCannotBeMarked() throws IOException {
    domains.startRunning("web", true);
    Files.delete(domains.file("web"));
    CommandRun run = run("autostart", "web");
    assertEquals(
        new CommandRun(
            Action.FAILED, "", "error: cannot set autostart for transient domain 'web'\n"),
        run);
    assertEquals(run, run("autostart", "--dry-run", "web"));
    assertTrue(run("dominfo", "web").out().contains("Autostart:      disable\n"));
    assertEquals("error: no domain 'none'\n", run("autostart", "none").err());
  }

  @Test
  void whatIsBrokenIsNotTouched() throws IOException {
    String broken = StoredDomains.definition("web", "<oops/>\n");
    Files.writeString(domains.file("web"), broken);
    CommandRun run = run("autostart", "web");
    assertEquals(Action.FAILED, run.status());
    assertTrue(
        run.err().startsWith(domains.file("web") + ":8:1: error: unknown element <oops>"),
        run.err());
    Files.writeString(domains.file("web"), StoredDomains.definition("wab", ""));
    assertEquals(
        domains.file("web")
            + ":2:9: error: the file defines domain 'wab'; use domrename to rename a domain\n",
        run("autostart", "web").err());
    assertEquals(StoredDomains.definition("wab", ""), domains.stored("web"));
  }

  @Test
  void listed() throws IOException {
    domains.define("app", "  <autostart enabled=\"yes\" priority='3'/>\n");
    domains.define("bad", "");
    Files.writeString(domains.file("bad"), "<domain><autostart enabled='yes'");
    domains.define("run", "  <autostart enabled='yes'/>\n");
    domains.startRunning("run", false);
    CommandRun all = run("list", "--all");
    assertEquals("", all.err());
    // The width of the first column is that of the guest's pid.
    assertEquals(
        List.of(
            "Id|Name|State|Autostart",
            "-|app|shut off|yes",
            "-|bad|shut off|-",
            ProcessHandle.current().pid() + "|run|running (monitor lost)|yes",
            "-|web|shut off|no"),
        all.out()
            .lines()
            .filter(line -> !line.startsWith("---"))
            .map(line -> line.strip().replaceAll(" {2,}", "|"))
            .toList());
    assertSays("app\nrun\n", "list", "--all", "--name", "--autostart");
    assertSays("web\n", "list", "--all", "--name", "--no-autostart");
    assertSays("app\n", "list", "--inactive", "--name", "--autostart");
    assertSays("run\n", "list", "--name", "--autostart");
    assertSays("", "list", "--name", "--no-autostart");
    assertSays("app\nbad\nrun\nweb\n", "list", "--all", "--name", "--autostart", "--no-autostart");
  }

  @Test
  void inJson() throws IOException {
    domains.define("bad", "");
    Files.writeString(domains.file("bad"), "<domain><autostart enabled='yes'");
    run("autostart", "web");
    List<Object> list = JSON.std.listFrom(run("list", "--all", "-o", "json").out());
    assertEquals(null, ((Map<?, ?>) list.getFirst()).get("autostart"));
    assertEquals(true, ((Map<?, ?>) list.getLast()).get("autostart"));
    assertEquals(
        true, JSON.std.mapFrom(run("dominfo", "web", "-o", "json").out()).get("autostart"));
    assertTrue(
        new String(Files.readAllBytes(domains.layout().events()), UTF_8).contains("autostart on"));
  }
}
