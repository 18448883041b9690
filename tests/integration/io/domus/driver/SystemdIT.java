// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The units of systemd under a systemd that boots and goes down. */
class SystemdIT {
  private static Machine machine;

  @BeforeAll
  static void make() throws Exception {
    machine = Machine.make();
    GuestTree.make(machine.disk("srv/base"));
  }

  @AfterAll
  static void end() throws Exception {
    machine.close();
  }

  /** Notes when it comes up and when it is asked to end, which it does after a while. */
  private static void define(String name, String... elements) throws Exception {
    Path place = machine.disk("srv/" + name);
    for (String directory : List.of("upper", "work")) {
      Files.createDirectories(place.resolve(directory));
    }
    DomainXml xml =
        DomainXml.named(name)
            .script(
                "read up rest </proc/uptime; echo $up >>/up; trap 'sleep 0.2; read up rest"
                    + " </proc/uptime; echo $up >>/down; exit 0' TERM; while [ ! -e /end ]; do"
                    + " sleep 0.05; done; rm /end")
            .device(
                Filesystems.overlay(
                    Path.of("/srv", name, "upper"),
                    Path.of("/srv", name, "work"),
                    "/",
                    Filesystems.directory(Path.of("/srv/base"))));
    Stream.of(elements).forEach(xml::with);
    Files.write(place.resolve("domain.xml"), xml.bytes());
    Ran defined = machine.chroot("domus", "define", "/srv/" + name + "/domain.xml");
    assertEquals("0 ", defined.exit() + " " + defined.stderr());
  }

  private static List<Double> times(String name, String file) throws Exception {
    Path noted = machine.disk("srv/" + name + "/upper/" + file);
    return Files.exists(noted)
        ? Files.readAllLines(noted).stream().map(Double::valueOf).toList()
        : List.of();
  }

  private static void assertOrder(String what, String file, int count, String... names)
      throws Exception {
    double last = 0;
    for (String name : names) {
      List<Double> noted = times(name, file);
      assertEquals(count, noted.size(), what + ": " + name + " " + noted);
      assertTrue(last < noted.getLast(), what + ": " + name + " is too early: " + noted);
      last = noted.getLast();
    }
  }

  private static List<String> running() throws Exception {
    return machine
        .run("domus", "list", "--name")
        .lines()
        .filter(line -> !line.isBlank())
        .sorted()
        .toList();
  }

  private static String pid(String name, String file) throws Exception {
    return machine.run("cat", "/run/domus/domains/" + name + "/" + file).split(" ", 2)[0];
  }

  private static String property(String unit, String property) throws Exception {
    return machine.run("systemctl", "show", "--property=" + property, "--value", unit);
  }

  /** Whoever ends a unit or a login ends what is in its cgroup. */
  private static void assertApart(String name) throws Exception {
    assertEquals("/domus-monitors", machine.cgroup(pid(name, "monitor.pid")), name);
    assertEquals("/domus-system-" + name, machine.cgroup(pid(name, "init.pid")), name);
  }

  private static boolean hasNoMonitors() throws Exception {
    return machine.enter("test", "-e", "/sys/fs/cgroup/domus-monitors").exit() != 0;
  }

  @Test
  void unitsAreSound() throws Exception {
    for (String unit :
        List.of("domus-autostart.service", "domus-watchdog.service", "domus@.service")) {
      Ran checked = machine.chroot("systemd-analyze", "verify", "/usr/lib/systemd/system/" + unit);
      assertEquals("0 ", checked.exit() + " " + checked.stdout() + checked.stderr());
    }
    Ran checked =
        machine.chroot(
            "env",
            "XDG_RUNTIME_DIR=/tmp",
            "systemd-analyze",
            "--user",
            "verify",
            "/usr/lib/systemd/user/domus-autostart.service");
    assertEquals("0 ", checked.exit() + " " + checked.stdout() + checked.stderr());
  }

  @Test
  void domainsComeAndGoWithTheHost() throws Exception {
    define("last", "<autostart enabled='yes'/>");
    define("first", "<autostart enabled='yes' priority='20'/>");
    define("by-hand", "<autostart priority='10'/>");
    machine.prepare("systemctl", "enable", "domus-autostart");
    machine.boot();
    assertEquals(List.of("first", "last"), running());
    assertOrder("starts", "up", 1, "first", "last");
    machine.login("domus", "start", "by-hand");
    for (String name : List.of("first", "last", "by-hand")) {
      assertApart(name);
    }
    String init = pid("first", "init.pid");
    machine.login("domus", "destroy", "last");
    machine.run("systemctl", "daemon-reload");
    machine.run("systemctl", "daemon-reexec");
    machine.run("systemctl", "restart", "domus-autostart");
    machine.run("systemctl", "stop", "domus-autostart");
    machine.run("systemctl", "start", "domus-autostart");
    assertEquals(
        List.of("by-hand", "first"), running(), "once a boot, and no guest goes with the unit");
    assertEquals(init, pid("first", "init.pid"));
    assertEquals("", machine.journal("--unit=domus-autostart", "--grep=left-over"));
    machine.login("domus", "start", "last");
    machine.powerOff();
    assertOrder("stops", "down", 1, "last", "by-hand", "first");

    Files.writeString(machine.written("etc/domus/domus.conf"), "autostart = last-state\n");
    machine.boot();
    assertEquals(List.of("by-hand", "first", "last"), running(), "those that ran");
    assertOrder("starts", "up", 2, "first", "by-hand");
    machine.login("domus", "shutdown", "--wait", "last");
    machine.powerOff();
    assertOrder("stops", "down", 2, "last", "by-hand", "first");
    machine.boot();
    assertEquals(List.of("by-hand", "first"), running());
    machine.powerOff();
    assertEquals(3, times("first", "down").size());
    Files.writeString(machine.written("etc/domus/domus.conf"), "autostart = no\n");
  }

  @Test
  void hostGoesDownWhileAStartWaits() throws Exception {
    define(
        "late",
        "<autostart enabled='yes'><ready type='path' value='/never' timeout='600'/></autostart>");
    Files.writeString(machine.written("etc/domus/domus.conf"), "autostart = yes\n");
    machine.prepare("systemctl", "disable", "domus-autostart");
    machine.boot();
    machine.run("systemctl", "start", "--no-block", "domus-autostart");
    Await.until("it runs", () -> running().contains("late"));
    assertEquals("activating", property("domus-autostart", "ActiveState"));
    machine.powerOff();
    assertEquals(1, times("late", "down").size(), "it was asked");
    define("late");
    Files.writeString(machine.written("etc/domus/domus.conf"), "autostart = no\n");
  }

  @Test
  void aDomainAsAUnit() throws Exception {
    define("web-1");
    define("again", "<on_poweroff>restart</on_poweroff>");
    define("broken");
    Files.delete(machine.disk("srv/broken/work"));
    machine.boot();
    String unit = "domus@web-1.service";
    machine.run("systemctl", "start", unit);
    assertEquals(List.of("web-1"), running());
    assertEquals("active", property(unit, "ActiveState"));
    assertApart("web-1");
    machine.run("systemctl", "stop", unit);
    assertEquals(List.of(), running());
    assertTrue(hasNoMonitors());
    assertEquals(1, times("web-1", "down").size(), "it was asked");
    assertEquals(
        "inactive success", property(unit, "ActiveState") + " " + property(unit, "Result"));
    assertEquals("", machine.journal("--unit=" + unit, "--grep=error"));
    machine.run("systemctl", "start", "domus@again");
    machine.run("systemctl", "stop", "domus@again");

    machine.run("systemctl", "start", unit);
    machine.run("domus", "exec", "web-1", "--", "touch", "/end");
    Await.until("its end", () -> running().isEmpty());
    Await.until("no monitor, no cgroup", SystemdIT::hasNoMonitors);
    machine.run("systemctl", "restart", unit);
    assertEquals(List.of("web-1"), running(), "by a restart it begins again");
    machine.run("domus", "destroy", "web-1");
    machine.run("systemctl", "stop", unit);
    assertEquals(
        "inactive success", property(unit, "ActiveState") + " " + property(unit, "Result"));

    assertNotEquals(0, machine.enter("systemctl", "start", "domus@broken").exit());
    assertEquals("failed", property("domus@broken", "ActiveState"));
    String status = machine.enter("systemctl", "status", "--full", "domus@broken").stdout();
    String why = "cannot start domain 'broken': source directory '/srv/broken/work' not found";
    assertTrue(status.contains(why), status);
    assertEquals(1, status.split("error:", -1).length - 1, status);

    assertEquals(List.of(), running(), "what a unit has ended stays off");

    // With the host it ends before its unit would have ended it.
    machine.run("systemctl", "start", unit);
    machine.powerOff();
    assertEquals(2, times("web-1", "down").size(), "the other runs ended otherwise");
  }
}
