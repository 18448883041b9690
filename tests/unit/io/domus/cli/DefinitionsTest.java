// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that need no guest, on a root of state in a directory. */
class DefinitionsTest {
  @TempDir Path directory;
  private Path root;
  private Path file;
  private CommandRun.User user;

  @BeforeEach
  void prepare() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
    file = directory.resolve("web.xml");
    Files.writeString(file, definition("web", "64"));
    user = CommandRun.User.of(root);
  }

  private static String definition(String name, String memory) {
    return """
    <!-- kept -->
    <domain type='lxc'>
      <name>%s</name>
      <memory unit='MiB'>%s</memory>
      <os><type>exe</type><init>/sbin/init</init></os>
      <devices>
        <filesystem type='mount'><source dir='/nowhere'/><target dir='/'/></filesystem>
      </devices>
    </domain>
    """
        .formatted(name, memory);
  }

  private CommandRun ok(String... args) {
    CommandRun run = user.run(args);
    assertEquals(Action.OK, run.status(), run.err());
    assertEquals("", run.err());
    return run;
  }

  private CommandRun fails(int status, String... args) {
    CommandRun run = user.run(args);
    assertEquals(status, run.status(), run.out() + run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    return run;
  }

  private void define() {
    assertEquals("Domain 'web' defined from " + file + "\n", ok("define", file.toString()).out());
  }

  @Test
  void definedListedDumpedForgotten() throws IOException {
    define();
    assertEquals(
        """
         Id   Name   State      Autostart
        -----------------------------------
         -    web    shut off   no
        """,
        ok("list", "--all").out());
    assertEquals("web\n", ok("list", "--all", "--name").out());
    assertEquals("web\n", ok("list", "--inactive", "--name").out());
    assertEquals("", ok("list", "--name").out());
    assertEquals("shut off\n", ok("domstate", "web").out());
    assertEquals("-\n", ok("domid", "web").out());
    String uuid = ok("domuuid", "web").out().strip();
    assertEquals("web\n", ok("-q", "list", "--all", "--name").out());
    assertEquals(uuid + " web\n", ok("list", "--all", "--name", "--uuid").out());
    assertEquals("shut off\n", ok("domstate", uuid).out());
    assertEquals(Files.readString(file), ok("dumpxml", "--source", "web").out());
    assertTrue(ok("dumpxml", "web").out().contains("<uuid>" + uuid + "</uuid>"));
    assertTrue(ok("dominfo", "web").out().contains("Max memory:     65536 KiB\n"));
    assertEquals("Domain 'web' has been undefined\n", ok("undefine", "web").out());
    assertEquals("error: no domain 'web'\n", fails(1, "domstate", "web").err());
  }

  @Test
  void json() throws IOException {
    define();
    List<Object> list = JSON.std.listFrom(ok("list", "--all", "-o", "json").out());
    Map<?, ?> entry = (Map<?, ?>) list.getFirst();
    assertEquals("web", entry.get("name"));
    assertEquals("shut off", entry.get("state"));
    assertEquals(true, entry.get("persistent"));
    assertEquals(
        65536, JSON.std.mapFrom(ok("dominfo", "web", "-o", "json").out()).get("maxMemoryKiB"));
    assertEquals(List.of(), JSON.std.listFrom(ok("list", "-o", "json").out()));
    Map<String, Object> plan = JSON.std.mapFrom(user.run("plan", "--format", "json", "web").out());
    assertEquals("start", plan.get("op"));
  }

  @Test
  void standardInputIsAFile() {
    user = user.typing(definition("db", "32"));
    assertEquals("Domain 'db' defined from stdin\n", ok("define", "-").out());
    assertEquals("-: valid\n", ok("validate", "-").out());
  }

  @Test
  void validity() throws IOException {
    Path bad = directory.resolve("bad.xml");
    Files.writeString(bad, definition("bad", "64").replace("<target", "<tagret"));
    assertEquals(file + ": valid\n", ok("validate", file.toString()).out());
    assertEquals("", ok("-q", "validate", file.toString()).out());
    CommandRun run = fails(1, "validate", bad.toString(), file.toString());
    assertTrue(run.err().startsWith(bad + ":7:54: error: unknown element <tagret>"), run.err());
    assertEquals(file + ": valid\n", run.out());
    assertEquals(
        "error: cannot read /none.xml: no such file\n",
        fails(2, "validate", bad.toString(), "/none.xml").err().lines().toList().getLast() + "\n");
    List<Object> report =
        JSON.std.listFrom(fails(1, "validate", "--format", "json", bad.toString()).out());
    Map<?, ?> entry = (Map<?, ?>) report.getFirst();
    assertEquals(false, entry.get("valid"));
    assertEquals(7, ((Map<?, ?>) ((List<?>) entry.get("faults")).getFirst()).get("line"));
    fails(1, "define", bad.toString());
    assertEquals("", ok("list", "--all", "--name").out());
  }

  @Test
  void warningsCanBeErrors() throws IOException {
    String text = definition("web", "64").replace("</devices>", "<graphics type='vnc'/></devices>");
    Files.writeString(file, text);
    CommandRun lenient = user.run("validate", file.toString());
    assertEquals(Action.OK, lenient.status());
    assertTrue(lenient.err().contains(": warning: "), lenient.err());
    assertEquals(
        Action.FAILED, user.run("validate", "--warnings-as-errors", file.toString()).status());
    assertEquals(Action.OK, user.run("define", file.toString()).status());
  }

  @Test
  void schemaAlone() throws IOException {
    Files.writeString(file, definition("web", "64").replaceAll("<filesystem.*\n", "\n"));
    fails(1, "validate", file.toString());
    ok("validate", "--schema-only", file.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mode='auto'/> | chosen at the first start",
        "><uid start='0' target='100000' count='9'/><gid start='0' target='100000' count='9'/>"
            + "</idmap> | 100000+9",
        "><uid start='0' target='100000' count='9'/><gid start='0' target='200000' count='1'/>"
            + "<gid start='5' target='5' count='1'/></idmap> | users 100000+9, groups 200000+1 5+1",
      })
  void dominfoTellsTheIds(String idmap, String ids) {
    StoredDomains domains = new StoredDomains(root);
    domains.define("mapped", "<idmap " + idmap);
    domains.define("plain", "");
    String info = domains.user().run("dominfo", "mapped").out();
    assertTrue(info.contains("\nId map:         " + ids + "\n"), info);
    assertTrue(
        domains.user().run("dominfo", "-o", "json", "mapped").out().contains("\"automatic\""));
    assertFalse(domains.user().run("dominfo", "plain").out().contains("Id map"));
  }

  @Test
  void planOfAFileAndOfADomain() {
    define();
    CommandRun run = user.run("plan", file.toString());
    assertTrue(run.out().startsWith("plan: start domain 'web', "), run.out());
    assertTrue(run.err().startsWith("warning: "), run.err());
    assertTrue(run.err().contains("/nowhere"), run.err());
    assertTrue(user.run("plan", "web", "--op", "stop").out().startsWith("plan: stop domain 'web'"));
    assertTrue(user.run("plan", "--format", "shell", "web").out().startsWith("#!/bin/sh\n"));
    assertEquals("error: no domain 'none'\n", fails(1, "plan", "none").err());
    assertEquals("error: no domain 'wbe', did you mean 'web'?\n", fails(1, "plan", "wbe").err());
    assertEquals("error: no domain '17'\n", fails(1, "plan", "17").err());
    assertEquals("error: cannot read none.xml: no such file\n", fails(2, "plan", "none.xml").err());
  }

  @Test
  void dryRunsChangeNothing() throws IOException {
    define();
    String before = state();
    Path other = directory.resolve("other.xml");
    Files.writeString(other, definition("other", "64"));
    assertEquals(
        "would define domain 'other'\n", ok("define", "--dry-run", other.toString()).out());
    assertTrue(user.run("start", "--dry-run", "web").out().startsWith("plan: start domain 'web'"));
    assertTrue(
        user.run("create", "--dry-run", other.toString()).out().startsWith("plan: start domain"));
    assertEquals("would undefine domain 'web'\n", ok("undefine", "--dry-run", "web").out());
    for (String verb : List.of("destroy", "shutdown", "reboot", "suspend", "resume")) {
      CommandRun run = fails(1, verb, "--dry-run", "web");
      assertTrue(run.err().endsWith(" domain 'web': domain is not running\n"), run.err());
    }
    assertEquals(before, state());
  }

  @Test
  void whatCreateRefusesItsRehearsalDoes() throws IOException {
    define();
    assertEquals(
        "error: cannot create domain 'web': a domain of that name is defined\n",
        fails(1, "create", "--dry-run", file.toString()).err());
    Path layer = Files.createDirectory(directory.resolve("layer"));
    String text = definition("over", "64").replace("/nowhere", layer.toString());
    String overlay =
        "<filesystem type='overlay'><readonly/><backingStore type='dir'><source dir='%s'/>"
                .formatted(layer)
            + "</backingStore><target dir='/'/></filesystem>";
    user.typing(text.replaceFirst("<filesystem.*</filesystem>", overlay)).run("define", "-");
    Path other = directory.resolve("other.xml");
    Files.writeString(other, text.replace("over", "other"));
    assertEquals(
        "error: cannot create domain 'other': its directory '%s' is a layer of domain 'over'\n"
            .formatted(layer),
        fails(1, "create", "--dry-run", other.toString()).err());
    new StoredDomains(root).startRunning("web", true);
    assertEquals(
        "error: cannot create domain 'web': domain is already running\n",
        fails(1, "create", "--dry-run", file.toString()).err());
  }

  @Test
  void whatBootsInPlaceOfARestore() throws IOException {
    define();
    Files.createDirectories(new StoredDomains(root).layout().variable("web").resolve("save"));
    CommandRun run = user.run("start", "--dry-run", "--force-boot", "web");
    assertEquals(Action.OK, run.status(), run.err());
    assertTrue(run.out().startsWith("plan: start domain 'web'"), run.out());
    assertTrue(
        run.err().startsWith("would remove the managed save image of domain 'web'\n"), run.err());
  }

  /** One who may not read how a run began can see that there was one. */
  @Test
  void theStateIsForRoot() throws IOException {
    Assumptions.assumeFalse(Session.isRoot(), "root may read everything");
    define();
    StoredDomains stored = new StoredDomains(root);
    stored.startRunning("web", false);
    Path status = stored.layout().domain("web").status();
    Files.setPosixFilePermissions(status, Set.of());
    assertEquals(
        "error: cannot look at domain 'web': status " + status + " may be read by root only\n",
        fails(1, "list", "--all").err());
  }

  private String state() throws IOException {
    StringBuilder state = new StringBuilder();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path path : files.sorted().toList()) {
        state.append(path).append(' ').append(Files.getLastModifiedTime(path)).append('\n');
      }
    }
    return state.toString();
  }

  @Test
  void severalDomains() throws IOException {
    define();
    assertEquals(
        "error: no domain 'a'\nerror: no domain 'b'\n", fails(1, "undefine", "a", "b").err());
    CommandRun run = fails(2, "undefine", "a", "web", "b");
    assertEquals("error: no domain 'a'\nerror: no domain 'b'\n", run.err());
    assertEquals("Domain 'web' has been undefined\n", run.out());
  }

  @Test
  void whereItIs() {
    user = user.with("DOMUS_URI", "lxc:///embed?root=" + directory.resolve("none"));
    assertEquals("", ok("list", "--all", "--name").out());
    assertFalse(Files.exists(directory.resolve("none")));
  }
}
