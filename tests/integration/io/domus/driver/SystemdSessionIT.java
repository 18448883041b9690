// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An ordinary user's domains under a systemd of the user's own, which has a cgroup delegated. */
class SystemdSessionIT {
  /** Of nobody whom another test has made meanwhile. */
  private static final String UID = "4711";

  private static final String RUNTIME = "/run/user/" + UID;
  private static final String MANAGER = "/user.slice/user-4711.slice/user@4711.service";
  private static final String SCOPE = MANAGER + "/app.slice/domus.scope";

  private Machine machine;

  @BeforeEach
  void make() throws Exception {
    machine = Machine.make();
    machine.prepare("useradd", "--create-home", "--uid", UID, "ada");
    // Without a login, as 'loginctl enable-linger' has it.
    GuestTree.make(machine.disk("home/ada/base"));
    Files.createDirectories(machine.written("var/lib/systemd/linger"));
    Files.createFile(machine.written("var/lib/systemd/linger/ada"));
    machine.prepare("systemctl", "--global", "enable", "domus-autostart");
  }

  @AfterEach
  void end() throws Exception {
    machine.close();
  }

  private void define(String name, String... elements) throws Exception {
    Path home = machine.disk("home/ada");
    for (String directory : List.of("upper", "work")) {
      Files.createDirectories(home.resolve(name).resolve(directory));
    }
    DomainXml xml =
        DomainXml.named(name)
            .script(
                "read up rest </proc/uptime; echo $up >>/up; trap 'sleep 0.2; read up rest"
                    + " </proc/uptime; echo $up >>/down; exit 0' TERM; while :; do sleep 0.05;"
                    + " done")
            .device(
                Filesystems.overlay(
                    Path.of("/home/ada", name, "upper"),
                    Path.of("/home/ada", name, "work"),
                    "/",
                    Filesystems.directory(Path.of("/home/ada/base"))));
    for (String element : elements) {
      if (element.startsWith("<interface")) {
        xml.device(element);
      } else {
        xml.with(element);
      }
    }
    Path definitions = Files.createDirectories(home.resolve(".config/domus/domains"));
    Files.write(definitions.resolve(name + ".xml"), xml.bytes());
    machine.prepare("chown", "-R", "ada:ada", "/home/ada");
  }

  private double noted(String name, String file) throws Exception {
    List<String> lines = Files.readAllLines(machine.disk("home/ada/" + name + "/upper/" + file));
    return Double.parseDouble(lines.getLast());
  }

  /** As somebody who has logged in: a cgroup of root's, beside those of the user's own systemd. */
  private Ran login(String... words) throws Exception {
    List<String> argv = new ArrayList<>();
    argv.addAll(List.of("systemd-run", "--quiet", "--pipe", "--wait", "--uid=ada"));
    argv.addAll(List.of("--setenv=XDG_RUNTIME_DIR=" + RUNTIME, "--expand-environment=no"));
    argv.add("--");
    argv.addAll(List.of(words));
    return machine.enter(argv.toArray(String[]::new));
  }

  private Ran ada(String... words) throws Exception {
    List<String> argv = new ArrayList<>(List.of("domus", "-c", "lxc:///session"));
    argv.addAll(List.of(words));
    return login(argv.toArray(String[]::new));
  }

  private String ok(String... words) throws Exception {
    Ran ran = ada(words);
    assertEquals(0, ran.exit(), () -> String.join(" ", words) + ": " + ran.stderr());
    return ran.stdout().strip();
  }

  private List<String> running() throws Exception {
    return ok("list", "--name").lines().filter(line -> !line.isBlank()).sorted().toList();
  }

  private String cgroup(String name, String file) throws Exception {
    String record = machine.run("cat", RUNTIME + "/domus/domains/" + name + "/" + file);
    return machine.cgroup(record.split(" ", 2)[0]);
  }

  private void await(String... names) throws Exception {
    Await.until(() -> machine.journal("_UID=" + UID), () -> running().equals(List.of(names)));
  }

  private void assertFiles(String text, String cgroup, String file) throws Exception {
    String read = machine.run("cat", "/sys/fs/cgroup" + cgroup + "/" + file);
    assertTrue(read.contains(text), file + ": " + read);
  }

  /** What is left of a user: processes under his id or one of his range, mounts, files. */
  private void assertNobodyLeft() throws Exception {
    String processes =
        machine.run("sh", "-c", "ps -eo uid=,args= | awk '$1 == 4711 || $1 >= 100000'");
    assertEquals("", processes);
    String mounts =
        machine.run("sh", "-c", "cat /proc/*/mountinfo 2>/dev/null | grep /run/user/4711 ||:");
    assertEquals("", mounts);
    assertNotEquals(0, machine.enter("test", "-e", RUNTIME).exit());
    assertNotEquals(0, machine.enter("test", "-e", "/sys/fs/cgroup" + MANAGER).exit());
  }

  @Test
  void domainsComeAndGoWithTheSession() throws Exception {
    define("late", "<autostart enabled='yes'/>");
    define("early", "<autostart enabled='yes' priority='9'/>");
    define("by-hand", "<autostart priority='5'/>", "<interface type='user'/>");
    machine.boot();
    await("early", "late");
    assertTrue(noted("early", "up") < noted("late", "up"), "in order");
    String guest = cgroup("early", "init.pid");
    assertTrue(guest.startsWith(SCOPE + "/domus-") && guest.endsWith("-early"), guest);
    assertEquals(SCOPE + "/monitors", cgroup("early", "monitor.pid"));
    assertEquals("", machine.run("cat", "/sys/fs/cgroup" + SCOPE + "/cgroup.procs"), "leaves only");

    // From a login nothing gets there by itself.
    String own = ok("exec", "early", "--", "sh", "-c", "echo $((6 * 7)); cat /proc/self/cgroup");
    assertTrue(own.startsWith("42\n"), own);
    assertTrue(own.endsWith("0::/"), own);
    ok("suspend", "early");
    assertFiles("1", guest, "cgroup.freeze");
    assertFiles("frozen 1", guest, "cgroup.events");
    assertEquals("paused", ok("domstate", "early"));
    assertTrue(ok("domstats", "early").contains("cpu.time="));
    ok("resume", "early");
    assertFiles("frozen 0", guest, "cgroup.events");

    // What pasta takes for the way out.
    machine.run("ip", "link", "add", "lan0", "type", "veth", "peer", "name", "lan1");
    machine.run("ip", "address", "add", "192.0.2.2/24", "dev", "lan0");
    machine.run("ip", "link", "set", "lan1", "up");
    machine.run("ip", "link", "set", "lan0", "up");
    machine.run("ip", "route", "add", "default", "via", "192.0.2.1");
    Ran started = ada("start", "by-hand");
    assertEquals(0, started.exit(), started.stderr());
    String warning = "no cgroup with controllers is delegated to this session: limits on memory,";
    boolean controllers =
        machine.run("cat", "/sys/fs/cgroup" + SCOPE + "/cgroup.controllers").contains("memory");
    assertEquals(!controllers, started.stderr().contains(warning), started.stderr());
    assertEquals(SCOPE + "/monitors", cgroup("by-hand", "monitor.pid"));
    assertEquals(SCOPE + "/monitors", cgroup("by-hand", "network.pid"));
    ok("destroy", "late");
    Ran restarted = login("systemctl", "--user", "restart", "domus-autostart");
    assertEquals("0 ", restarted.exit() + " " + restarted.stderr());
    assertEquals(List.of("by-hand", "early"), running(), "once a session");
    ok("start", "late");

    machine.run("systemctl", "stop", "user@4711.service", "user-runtime-dir@4711.service");
    assertNobodyLeft();
    assertTrue(noted("late", "down") < noted("by-hand", "down"), "in the reverse order");
    assertTrue(noted("by-hand", "down") < noted("early", "down"), "in the reverse order");

    machine.run("systemctl", "start", "user@4711.service");
    await("early", "late");
    // What holds the namespaces is found again, and the scope goes on.
    String[] pause = machine.run("cat", RUNTIME + "/domus/pause").split(" ", -1);
    machine.run("kill", "-KILL", pause[0]);
    assertEquals("", ok("exec", "early", "--", "true"));
    String[] next = machine.run("cat", RUNTIME + "/domus/pause").split(" ", -1);
    assertEquals(pause[2], next[2], "the user namespace");
    assertEquals(SCOPE + "/monitors", machine.cgroup(next[0]));
    double before = noted("early", "up");
    machine.powerOff();
    assertTrue(noted("early", "down") > before, "with the host as well");
    assertTrue(noted("late", "down") < noted("early", "down"), "in the reverse order");
  }
}
