// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line of a user's session, as the launcher calls it. */
class SessionTest {
  @TempDir Path directory;
  private CommandRun.User inside;

  @BeforeEach
  void enter() throws IOException {
    Files.createDirectory(directory.resolve("run"));
    inside =
        CommandRun.User.of(directory)
            .with("DOMUS_URI", "lxc:///session")
            .with("HOME", directory.resolve("home").toString())
            .with("XDG_RUNTIME_DIR", directory.resolve("run").toString())
            .with("DOMUS_SESSION", "1");
  }

  private static void assertError(String message, CommandRun run) {
    assertEquals("error: " + message + "\n", run.err());
    assertEquals(Action.FAILED, run.status());
  }

  @Test
  void definitionsAreTheUsers() throws IOException {
    String text = StoredDomains.definition("web", "");
    assertEquals("", inside.typing(text).run("define", "-").err());
    Path file = directory.resolve("home/.config/domus/domains/web.xml");
    assertEquals(text, Files.readString(file));
    assertTrue(inside.run("list", "--all", "--name").out().contains("web"));
    assertTrue(Files.exists(directory.resolve("run/domus/locks/web")));
    assertEquals("", inside.with("DOMUS_URI", "").run("list", "--all", "--name").out().strip());
  }

  private static final String REFUSED =
      """
      <domain type='lxc'>
        <name>web</name>
        <memory unit='MiB'>64</memory>
        <idmap mode='auto'/>
        <os><type>exe</type><init>/sbin/init</init></os>
        <resource><partition>/p</partition></resource>
        <devices>
          <filesystem type='overlay'>
            <source dir='/u'/>
            <source dir='/w'/>
            <backingStore type='file'>
              <format type='qcow2'/>
              <source file='/i.qcow2'/>
            </backingStore>
            <target dir='/'/>
          </filesystem>
          <interface type='network'><source network='default'/></interface>
          <interface type='user'><link state='down'/></interface>
        </devices>
      </domain>
      """;

  /** What a start refuses for certain is no surprise: it is stored for later, and told. */
  @ParameterizedTest
  @ValueSource(strings = {"define -", "define --dry-run -", "validate -"})
  void whatAStartWillRefuseIsTold(String words) {
    CommandRun run = inside.typing(REFUSED).run(words.split(" ", -1));
    assertEquals(Action.OK, run.status());
    assertEquals(
        List.of(
            "stdin:4:3: warning: start will refuse this: <idmap mode='auto'> cannot be had in"
                + " lxc:///session: all guests share the ids of the session [start.refused]",
            "stdin:6:13: warning: start will refuse this: partition '/p' cannot be had in"
                + " lxc:///session: only root may place cgroups [start.refused]",
            "stdin:11:7: warning: start will refuse this: image '/i.qcow2' cannot be had in"
                + " lxc:///session: only root may mount images and devices [start.refused]",
            "stdin:17:5: warning: start will refuse this: an interface of type 'network' cannot be"
                + " had in lxc:///session: only root may make links on the host; <interface"
                + " type='user'/> connects a guest without [start.refused]",
            "stdin:18:5: warning: start will refuse this: <link state='down'/> of an interface of"
                + " type 'user' is not supported [start.refused]"),
        run.err().lines().filter(line -> line.contains(": warning: ")).toList());
    String system = "lxc:///embed?root=" + directory;
    CommandRun root = inside.with("DOMUS_URI", system).typing(REFUSED).run(words.split(" ", -1));
    assertEquals(
        words.startsWith("validate")
            ? List.of()
            : List.of(
                "stdin:17:5: warning: start will refuse this: no network 'default' [start.refused]",
                "stdin:18:5: warning: start will refuse this: an interface of type 'user' is for"
                    + " lxc:///session: root connects a guest by <interface type='network'>"
                    + " [start.refused]"),
        root.err().lines().filter(line -> line.contains(": warning: ")).toList());
  }

  @Test
  void aPlanRefusesWhatAStartDoes() {
    CommandRun run = inside.typing(REFUSED).run("plan", "-");
    assertError(
        "<idmap mode='auto'> cannot be had in lxc:///session: all guests share the ids of the"
            + " session (stdin:4)",
        run);
  }

  private String ok(String... words) {
    CommandRun run = inside.run(words);
    assertEquals("", run.err());
    return run.out();
  }

  /** What connects a user's guest has one name, the guest's. */
  @Test
  void anInterfaceOfAUserIsCalledAsTheGuestCallsIt() {
    inside.typing(StoredDomains.definition("web", "")).run("define", "-");
    assertEquals(
        "Interface attached successfully\n",
        ok("attach-interface", "web", "user", "--mac", "52:54:00:00:00:07"));
    assertEquals(
        """
         Interface   Type   Source   Model   MAC
        --------------------------------------------------------
         eth0        user   user     -       52:54:00:00:00:07
        """,
        ok("domiflist", "web"));
    String json = ok("domiflist", "web", "-o", "json");
    assertTrue(
        json.contains("\"interface\" : \"eth0\"") && json.contains("\"source\" : \"user\""), json);
    assertEquals("eth0 up\n", ok("domif-getlink", "web", "eth0"));
    assertTrue(ok("domiftune", "web", "eth0").contains("inbound.average"));
    assertError(
        "domain 'web' has no interface '-', only eth0 (52:54:00:00:00:07)",
        inside.run("domif-getlink", "web", "-"));
    assertTrue(ok("detach-interface", "web", "user").contains("detached"));
    ok("attach-interface", "web", "user", "wlan0");
    assertTrue(ok("domiflist", "web").contains(" eth0        user   wlan0 "));
    assertTrue(
        inside
            .run("attach-interface", "web", "user")
            .err()
            .contains("warning: start will refuse this: a second interface of type 'user'"));
    CommandRun run = inside.run("attach-interface", "web", "network");
    assertTrue(
        run.err().startsWith("error: missing required parameter: 'SOURCE', which type 'network'"),
        run.err());
    assertEquals(Action.USAGE, run.status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoint web", "managedsave web", "save web f", "restore web"})
  void processesAreRoots(String words) {
    inside.typing(StoredDomains.definition("web", "")).run("define", "-");
    assertError(
        "'domus %s' needs root on the host, and works on lxc:///system or lxc:///embed only: CRIU"
                .formatted(words.split(" ", 2)[0])
            + " dumps and restores processes for root only",
        inside.run(words.split(" ", -1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"net-start default", "net-destroy default"})
  void networksAreRoots(String words) {
    assertError(
        "'domus %s' needs root on the host, and works on lxc:///system or lxc:///embed only:"
                .formatted(words.split(" ", 2)[0])
            + " networks and interfaces are links and rules of the host",
        inside.run(words.split(" ", -1)));
  }

  /** Who is not root by any means hears what the launcher has found. */
  @ParameterizedTest
  @CsvSource({"start web", "destroy web", "exec web -- true", "clone web new"})
  void whoCannotEnterIsToldWhy(String words) {
    CommandRun.User outside = outside();
    if (Session.isRoot()) {
      // To the code root is inside or wrong here.
      assertEquals(Action.USAGE, outside.run(words.split(" ", -1)).status());
      return;
    }
    assertError("cannot enter lxc:///session: no ids for you", outside.run(words.split(" ", -1)));
  }

  private CommandRun.User outside() {
    return CommandRun.User.of(directory)
        .with("DOMUS_URI", "lxc:///session")
        .with("HOME", directory.resolve("home").toString())
        .with("XDG_RUNTIME_DIR", directory.resolve("run").toString())
        .with("DOMUS_SESSION_LACK", "no ids for you");
  }

  @Test
  void rootHasNone() {
    CommandRun run = outside().run("list");
    if (Session.isRoot()) {
      assertEquals(
          "error: lxc:///session is an ordinary user's; root has lxc:///system\nsee 'domus help'\n",
          run.err());
      assertEquals(Action.USAGE, run.status());
    } else {
      assertEquals("", run.err());
    }
  }

  @Test
  void withoutADirectoryForTheSessionNothingIsChanged() {
    CommandRun run =
        inside
            .with("XDG_RUNTIME_DIR", directory.resolve("nowhere").toString())
            .typing(StoredDomains.definition("web", ""))
            .run("define", "-");
    assertError("cannot change lxc:///session: no runtime directory", run);
  }

  @Test
  void homelessUsersAreTold() {
    CommandRun run = inside.with("HOME", "").run("list");
    assertEquals(
        "error: cannot tell where lxc:///session is: neither XDG_CONFIG_HOME nor HOME is an"
            + " absolute path\nsee 'domus help'\n",
        run.err());
    assertEquals(Action.USAGE, run.status());
  }
}
