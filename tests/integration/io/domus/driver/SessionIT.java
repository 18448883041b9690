// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Domains of users who are not root, {@code lxc:///session}, by the command that they type. */
class SessionIT {
  private OrdinaryUser ada;

  @BeforeEach
  void user() throws Exception {
    ada = OrdinaryUser.make();
  }

  @AfterEach
  void end() throws Exception {
    ada.close();
  }

  /** A guest on an overlay over an overlay, in the user's home. */
  private DomainXml nested(String name) throws IOException, InterruptedException {
    Path base = ada.tree(name + "/base");
    Files.writeString(base.resolve("below"), "base");
    Files.writeString(ada.directory(name + "/middle").resolve("middle"), "middle");
    return DomainXml.named(name)
        .script("trap 'exit 0' TERM; while [ ! -e /end ]; do sleep 0.05; done; exit 7")
        .device(
            Filesystems.overlay(
                ada.directory(name + "/upper"),
                ada.directory(name + "/work"),
                "/",
                Filesystems.inner(
                    ada.directory(name + "/inner"),
                    ada.directory(name + "/inner-work"),
                    Filesystems.directory(ada.home().resolve(name + "/middle")),
                    Filesystems.directory(base))));
  }

  private static Object owner(Path file) throws IOException {
    return Files.getAttribute(file, "unix:uid");
  }

  private void awaitEnd(String domain) throws Exception {
    Path events = ada.runtime().resolve("domus/events");
    String whose = "\"domain\":\"" + domain + "\"";
    Await.until(
        "the end of " + domain,
        () ->
            Files.readAllLines(events).stream()
                .anyMatch(line -> line.contains(whose) && line.contains("\"event\":\"stopped\"")));
  }

  private static String ids(int target, int count) {
    String range = " start='0' target='" + target + "' count='" + count + "'/>";
    return "<idmap><uid" + range + "<gid" + range + "</idmap>";
  }

  /** The user and what /etc/subuid gives are two ranges; a definition need not know. */
  @Test
  void hasAnIdmapOfItsOwn() throws Exception {
    ada.define(nested("web").with(ids(0, 1000)));
    ada.ok("start", "web");
    assertEquals(
        "0 0 1\n1 1 999\n",
        ada.ok(
            "exec",
            "web",
            "--",
            "sh",
            "-c",
            "while read a b c; do echo $a $b $c; done </proc/self/uid_map"));
    ada.ok("exec", "web", "--", "sh", "-c", "echo x >/mine; busybox chown 7:7 /mine");
    assertEquals(ada.firstId() + 6, owner(ada.home().resolve("web/upper/mine")));
    ada.ok("destroy", "web");
    for (var refused :
        Map.of(
                ids(0, 90000), "needs id 65537 of the session, which has 0-0 and 1-65536",
                ids(1, 1000), "<idmap> without target 0, which is you in a session")
            .entrySet()) {
      ada.define(DomainXml.named("b").script(":").with(refused.getKey()).root(ada.home()));
      Ran ran = ada.domus("start", "b");
      assertEquals(1, ran.exit());
      assertTrue(ran.stderr().contains(refused.getValue()), ran.stderr());
      assertTrue(ran.stderr().contains("b.xml:"), ran.stderr());
    }
  }

  @Test
  void runsWithTheUsersIds() throws Exception {
    ada.define(nested("web"));
    Ran started = ada.domus("start", "web");
    assertEquals("Domain 'web' started\n", started.stdout());
    assertTrue(started.stderr().contains("no cgroup is delegated"), started.stderr());
    assertEquals(
        "0:0 base middle",
        ada.ok(
                "exec",
                "web",
                "--",
                "sh",
                "-c",
                "echo $(id -u):$(id -g) $(cat /below) $(cat /middle)")
            .strip());
    ada.ok(
        "exec",
        "web",
        "--",
        "sh",
        "-c",
        "touch /roots /webs; busybox chown 33:34 /webs; rm /middle");
    Path upper = ada.home().resolve("web/upper");
    assertEquals(ada.uid(), owner(upper.resolve("roots")));
    assertEquals(ada.firstId() + 32, owner(upper.resolve("webs")));
    assertEquals("middle", Files.readString(ada.home().resolve("web/middle/middle")));
    assertEquals("running\n", ada.ok("domstate", "web"));
    ada.ok("shutdown", "web", "--wait");
    assertEquals("shut off (shutdown)\n", ada.ok("domstate", "web", "--reason"));
    assertTrue(Files.exists(ada.home().resolve(".config/domus/domains/web.xml")));
    assertTrue(Files.exists(ada.home().resolve(".local/share/domus/log/web.log")));
  }

  @Test
  void cannotReadWhatTheUserCannot() throws Exception {
    Path secrets = Files.createDirectories(Path.of("/srv/secrets-" + ada.name()));
    Files.writeString(secrets.resolve("secret"), "root's");
    Files.setPosixFilePermissions(
        secrets.resolve("secret"), PosixFilePermissions.fromString("rw-------"));
    Files.writeString(secrets.resolve("open"), "everybody's");
    ada.define(
        DomainXml.named("web").root(ada.tree("tree")).device(Filesystems.mount(secrets, "/mnt")));
    ada.ok("start", "web");
    assertEquals("everybody's", ada.ok("exec", "web", "--", "cat", "/mnt/open"));
    Ran refused = ada.domus("exec", "web", "--", "cat", "/mnt/secret");
    assertEquals(1, refused.exit());
    assertTrue(refused.stderr().contains("Permission denied"), refused.stderr());
    assertNotEquals(0, ada.domus("exec", "web", "--", "touch", "/mnt/new").exit());
    assertNotEquals(0, ada.domus("exec", "web", "--", "rm", "-f", "/mnt/open").exit());
  }

  @Test
  void clones() throws Exception {
    ada.define(nested("web"));
    ada.ok("start", "web");
    ada.ok("exec", "web", "--", "sh", "-c", "echo kept >/kept; rm /below; busybox chown 5 /kept");
    ada.ok("destroy", "web");
    ada.ok("clone", "web", "linked");
    ada.ok("clone", "web", "whole", "--to", "dir");
    for (String domain : List.of("web", "linked", "whole")) {
      ada.ok("start", domain);
      assertEquals(
          "kept 5 no",
          ada.ok(
                  "exec",
                  domain,
                  "--",
                  "sh",
                  "-c",
                  "echo $(cat /kept) $(stat -c %u /kept) $([ -e /below ] && echo yes || echo no)")
              .strip(),
          domain);
    }
    assertEquals(
        "linked web whole",
        String.join(" ", ada.ok("list", "--name").strip().lines().sorted().toList()));
    Ran ran = ada.domus("exec", "linked", "--", "sh", "-c", "exit 9");
    assertEquals(9, ran.exit());
    ada.ok("destroy", "linked");
    ada.ok("undefine", "linked", "--remove-all-storage");
  }

  /** Of a tree that is no overlay, one is made, with the marks that a user may set. */
  @Test
  void clonesPlainTree() throws Exception {
    ada.define(DomainXml.named("web").root(ada.tree("tree")));
    ada.ok("clone", "web", "linked");
    ada.ok("start", "linked");
    assertEquals(
        "linked", ada.ok("exec", "linked", "--", "cat", "/proc/sys/kernel/hostname").strip());
    assertEquals("0\n", ada.ok("start", "web", "--ephemeral", "--", "id", "-u"));
  }

  /** The monitor's last act finds its way back into the session. */
  @Test
  void itsOwnEndIsRecorded() throws Exception {
    ada.define(nested("web"));
    ada.ok("start", "web");
    ada.ok("exec", "web", "--", "touch", "/end");
    awaitEnd("web");
    assertEquals("shut off (exited 7)\n", ada.ok("domstate", "web", "--reason"));
  }

  @Test
  void firstCommandsAtOnceShareTheNamespaces() throws Exception {
    List<Callable<Ran>> commands = new ArrayList<>();
    for (int number = 0; number < 4; number++) {
      commands.add(() -> ada.domus("list", "--all"));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(commands.size())) {
      for (Future<Ran> each : threads.invokeAll(commands)) {
        assertEquals("", each.get().stderr());
      }
    }
    assertEquals(1, ada.processes("sleep infinity").size());
  }

  /** What holds the namespaces may go: they are found again in the guests. */
  @Test
  void killedPause() throws Exception {
    ada.define(nested("web"));
    ada.define(nested("db"));
    ada.ok("start", "web", "db");
    for (int round = 0; round < 4; round++) {
      String[] before = ada.pause();
      // The command may come while it is still ending.
      Host.run("kill", "-KILL", before[0]);
      assertEquals("0", ada.ok("exec", "web", "--", "id", "-u").strip());
      assertNotEquals(before[0], ada.pause()[0]);
      assertEquals(before[2], ada.pause()[2], "another user namespace");
    }
    ada.ok("shutdown", "web", "--wait");
    ada.ok("start", "web");
    // Nobody is there to clear up after this one but the next command.
    ada.ok("exec", "db", "--", "sh", "-c", "(sleep 2; touch /end) >/dev/null 2>&1 &");
    ada.endPause();
    Path pid = ada.runtime().resolve("domus/domains/db/monitor.pid");
    String monitor = Files.readString(pid).split(" ", -1)[0];
    Await.until("the monitor's end", () -> !Files.exists(Path.of("/proc", monitor)));
    Files.delete(ada.home().resolve("db/upper/end"));
    ada.ok("start", "db");
    assertEquals("db web", String.join(" ", ada.ok("list", "--name").strip().lines().toList()));
    ada.ok("destroy", "web");
    ada.ok("destroy", "db");
    // With the last guest the namespaces have gone, and new ones are made.
    ada.endPause();
    ada.ok("start", "web");
  }

  @Test
  void usersDoNotSeeOneAnother() throws Exception {
    try (OrdinaryUser bob = OrdinaryUser.make()) {
      ada.define(nested("web"));
      ada.ok("start", "web");
      assertFalse(bob.ok("list", "--all").contains("web"));
      assertTrue(bob.domus("destroy", "web").stderr().contains("no domain 'web'"));
      bob.define(DomainXml.named("web").root(bob.tree("tree")));
      bob.ok("start", "web");
      assertNotEquals(ada.pause()[2], bob.pause()[2]);
      assertNotEquals(0, bob.domus("exec", "web", "--", "kill", "-9", ada.pause()[0]).exit());
      bob.ok("destroy", "web");
      assertEquals("running\n", ada.ok("domstate", "web"));
    }
  }

  /** What is printed and typed, and programs of the user's own that hear of runs. */
  @Test
  void consoleAndHooks() throws Exception {
    Path told = ada.home().resolve("told");
    Path hook = ada.directory(".config/domus/hooks").resolve("note");
    Files.writeString(hook, "#!/bin/sh\necho \"$1 $2\" >>" + told + "\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    ada.define(
        DomainXml.named("web")
            .script("echo hello; read word; echo \"got $word\"; exec sleep 1000000")
            .root(ada.tree("tree")));
    ada.ok("start", "web");
    Path log = ada.home().resolve(".local/share/domus/log/web.log");
    Await.until("its greeting", () -> Files.readString(log).contains("hello"));
    List<String> typing = List.of("sh", "-c", "{ echo typed; sleep 5; } | \"$@\"", "sh");
    Ran console = ada.domus(List.of(), Map.of(), typing, "console", "web");
    assertTrue(console.stdout().contains("got typed"), console.stdout() + console.stderr());
    ada.ok("destroy", "web");
    assertEquals(
        List.of("prepare web", "start web", "started web", "stopped web", "release web"),
        Files.readAllLines(told));
  }

  /** Whoever says nothing comes to root's domains, and is told the way to his own. */
  @Test
  void theWayIsTold() throws Exception {
    ada.define(DomainXml.named("web").root(ada.tree("tree")));
    String own = "; your own domains are in lxc:///session: 'domus -c lxc:///session ";
    for (String verb : List.of("start web", "shutdown -a", "exec web -- true")) {
      String name = verb.split(" ", -1)[0];
      assertEquals(
          "error: 'domus %s' must be run as root%s%s'\n".formatted(name, own, name),
          ada.unasked(verb.split(" ", -1)).stderr().replaceFirst("(?m)^warning: .*\n", ""));
    }
    assertEquals(
        "error: 'domus define' on lxc:///system must be run as root" + own + "define'\n",
        ada.unasked("define", "web.xml").stderr());
    assertEquals(
        "error: no domain 'web' here, but in lxc:///session; 'domus -c lxc:///session' leads"
            + " there\n",
        ada.unasked("dominfo", "web").stderr());
    assertEquals("error: no domain 'db'\n", ada.unasked("dominfo", "db").stderr());
    assertEquals(
        "these are root's domains, of lxc:///system; your own are in lxc:///session: 'domus -c"
            + " lxc:///session list'\n",
        ada.unasked("list").stderr());
    assertEquals("", ada.unasked("list", "--name").stderr());
    assertEquals("", ada.unasked("-c", "lxc:///system", "list").stderr());
    assertEquals(
        "error: 'domus net-start' must be run as root\n",
        ada.unasked("net-start", "default").stderr());
  }

  /** Something that a session cannot do without. */
  enum Lack {
    IDS("has no range of ids in /etc/subuid: have root run 'usermod --add-subuids "),
    PROGRAM("newuidmap is not installed (Debian: apt install uidmap)"),
    DIRECTORY("there is no directory for this session (/run/nowhere): log in where logind sees it"),
    NAMESPACES("user namespaces are switched off: have root run 'sysctl user.max_user_namespaces");

    private final String message;

    Lack(String message) {
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void lacksAreTold(Lack lack) throws Exception {
    List<String> around = new ArrayList<>();
    List<String> within = new ArrayList<>();
    Map<String, String> environment = new HashMap<>();
    switch (lack) {
      case IDS -> around.addAll(covering("/etc/subuid"));
      case PROGRAM -> around.addAll(covering("/usr/bin/newuidmap"));
      case DIRECTORY -> environment.put("XDG_RUNTIME_DIR", "/run/nowhere");
      case NAMESPACES ->
          // The limit is that of the namespace in which it is set: the machine's stays.
          within.addAll(
              List.of(
                  "unshare",
                  "--user",
                  "--map-current-user",
                  "--keep-caps",
                  "sh",
                  "-c",
                  "echo 0 >/proc/sys/user/max_user_namespaces && exec \"$@\"",
                  "sh"));
    }
    Ran start = ada.domus(around, environment, within, "start", "web");
    assertEquals(1, start.exit());
    assertTrue(
        start.stderr().startsWith("error: cannot enter lxc:///session: ")
            && start.stderr().contains(lack.message),
        start.stderr());
    Ran checks = ada.domus(around, environment, within, "host-validate");
    assertEquals(1, checks.exit());
    assertTrue(
        checks.stdout().lines().findFirst().orElseThrow().contains("FAIL ("), checks.stdout());
    assertTrue(checks.stdout().contains(lack.message), checks.stdout());
    Ran list = ada.domus(around, environment, within, "list", "--all");
    assertEquals(0, list.exit(), list.stderr());
  }

  /** In a mount namespace of its own, in which a file is empty and no program. */
  private static List<String> covering(String file) {
    return List.of(
        "unshare", "--mount", "sh", "-c", "mount --bind /dev/null \"$0\" && exec \"$@\"", file);
  }
}
