// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Networks of ordinary users' guests, by programs that need no root. */
class SessionNetworkIT {
  private static final String PUBLISHED = "<publish host='8080' guest='80'/>";

  private OrdinaryUser ada;
  private Outside outside;

  @BeforeEach
  void world() throws Exception {
    outside = Outside.open();
    ada = OrdinaryUser.make();
  }

  /** The user's close fails if anything of his is left, so also a program that connects. */
  @AfterEach
  void end() throws Exception {
    ada.close();
    outside.close();
  }

  private static String user(String... children) {
    return "<interface type='user'>" + String.join("", children) + "</interface>";
  }

  /** A guest with a web server. */
  private DomainXml guest(String name, String... devices) throws Exception {
    Path tree = ada.tree(name);
    Files.createDirectories(tree.resolve("www"));
    Files.writeString(tree.resolve("www/index.html"), name + "\n");
    ada.directory(name);
    DomainXml xml =
        DomainXml.named(name)
            .script(
                "busybox httpd -p 80 -h /www;"
                    + " trap 'exit 0' TERM; while [ ! -e /tmp/end ]; do sleep 0.05; done; exit 7")
            .root(tree);
    for (String device : devices) {
      xml.device(device);
    }
    return xml;
  }

  private String inside(String domain, String script) throws Exception {
    return ada.ok("exec", domain, "--", "sh", "-c", script).strip();
  }

  private List<String> programs() throws Exception {
    return ada.processes("pasta --quiet");
  }

  private static void answers(String name) throws Exception {
    Await.until("an answer of " + name, () -> Outside.get("127.0.0.1", 8080).equals(name));
  }

  private void refused(String reason, String... words) throws Exception {
    Ran ran = ada.domus(words);
    assertEquals(1, ran.exit(), ran.stderr());
    assertTrue(ran.stderr().contains(reason), ran.stderr());
  }

  @Test
  void isReachedByDatagrams() throws Exception {
    ada.define(guest("web", user("<publish protocol='udp' host='5300' guest='5301'/>")));
    ada.ok("start", "web");
    int init = Integer.parseInt(ada.ok("domid", "web").strip());
    try (Datagrams server = Datagrams.serve(init, "web", 5301)) {
      // A datagram may be lost, the first one before both ends know each other.
      for (String address : List.of("127.0.0.1", Outside.HOST)) {
        Await.until("an answer from " + address, () -> Datagrams.ask(address, 5300).equals("web"));
      }
    }
  }

  /** A laptop with links, and nowhere to send what is for others. */
  @Test
  void withoutDefaultRoute() throws Exception {
    Host.run("ip", "route", "del", "default");
    Host.run("ip", "-6", "route", "del", "default");
    ada.define(guest("web", user(PUBLISHED)));
    ada.ok("start", "web");
    answers("web");
    assertTrue(inside("web", "ip -4 address").contains(Outside.HOST + "/24"));
    ada.ok("destroy", "web");
  }

  /** The cable is out when the guest starts, and back later. */
  @Test
  void withoutCarrier() throws Exception {
    Host.run("ip", "-n", "it-outside", "link", "set", "eth0", "down");
    ada.define(guest("web", user(PUBLISHED)));
    ada.define(guest("named", user("<source dev='itout0'/>")));
    Await.until("the carrier's end", () -> Host.run("ip", "route").contains("linkdown"));
    refused("device 'itout0' has no carrier", "start", "named");
    ada.ok("start", "web");
    answers("web");
    assertTrue(inside("web", "ip -4 address").contains("169.254.2.1/16"));
    Host.run("ip", "-n", "it-outside", "link", "set", "eth0", "up");
    Await.until(
        "the world outside",
        () ->
            inside("web", "busybox wget -q -T 1 -O - http://" + Outside.ADDRESS + " || true")
                .equals("outside"));
    ada.ok("destroy", "web");
  }

  @Test
  void reachesAndIsReached() throws Exception {
    ada.define(
        guest("web", user(PUBLISHED, "<publish address='127.0.0.1' host='8081' guest='80'/>")));
    ada.ok("start", "web");
    assertEquals("outside", inside("web", "busybox wget -q -O - http://" + Outside.ADDRESS));
    assertEquals(
        "outside", inside("web", "busybox wget -q -O - http://[" + Outside.ADDRESS6 + "]"));
    assertEquals("outside", inside("web", "busybox wget -q -O - http://outside.example"));
    assertEquals("nameserver 169.254.1.1", inside("web", "cat /etc/resolv.conf"));
    assertTrue(inside("web", "cat /etc/hosts").endsWith("127.0.1.1 web"));
    answers("web");
    assertEquals("web", Outside.get(Outside.HOST, 8080));
    // The guest's own address of IPv6 is good once nobody else was found to have it.
    Await.until(
        "an answer over IPv6", () -> Outside.get("[" + Outside.HOST6 + "]", 8080).equals("web"));
    assertEquals("web", Outside.get("127.0.0.1", 8081));
    assertEquals("", Outside.get(Outside.HOST, 8081));
    // Neither the gateway's address nor the guest's loopback is the host's.
    Process server = new ProcessBuilder("busybox", "httpd", "-f", "-p", "127.0.0.1:9090").start();
    try {
      for (String address : List.of(Outside.ADDRESS, "127.0.0.1", "169.254.1.1")) {
        assertEquals(
            "no",
            inside("web", "busybox wget -q -T 3 -O - http://" + address + ":9090 || echo no"),
            address);
      }
    } finally {
      server.destroy();
      server.waitFor();
    }
    String listed = ada.ok("domiflist", "web");
    assertTrue(
        listed.lines().anyMatch(line -> line.matches("\\s*eth0\\s+user\\s+user\\s.*")), listed);
    String addresses = ada.ok("domifaddr", "web");
    assertTrue(addresses.contains("ipv4") && addresses.contains("eth0"), addresses);
    assertEquals(addresses, ada.ok("domifaddr", "web", "eth0"));
    assertEquals("eth0 up\n", ada.ok("domif-getlink", "web", "eth0"));
    assertTrue(addresses.contains(Outside.HOST + "/24"), addresses);
    assertTrue(addresses.contains(Outside.HOST6 + "/64"), addresses);
    String mac = inside("web", "cat /sys/class/net/eth0/address");
    assertTrue(listed.contains(mac), listed);
    assertEquals("running\n", ada.ok("domstate", "web", "--reason"));
    refused(
        "one of type 'user' is made when its guest starts", "domif-setlink", "web", mac, "down");
    refused("one of type 'user' is made when", "attach-interface", "web", "user", "-", "--live");
    ada.ok("destroy", "web");
    assertEquals(List.of(), programs());
    assertEquals("", Outside.get("127.0.0.1", 8080));
  }

  @Test
  void asTheDefinitionSays() throws Exception {
    ada.define(
        guest(
            "web",
            user(
                "<mac address='52:54:00:aa:bb:01'/>",
                "<source dev='itout0'/>",
                "<guest dev='up0'/>",
                "<ip address='10.77.0.5' prefix='24'/>",
                "<ip family='ipv6' address='fd77::5'/>",
                "<mtu size='1400'/>",
                PUBLISHED)));
    ada.ok("start", "web");
    assertEquals(
        "52:54:00:aa:bb:01 1400",
        inside("web", "echo $(cat /sys/class/net/up0/address /sys/class/net/up0/mtu)"));
    assertTrue(inside("web", "busybox ip address show up0").contains("inet 10.77.0.5/24"));
    assertTrue(inside("web", "busybox ip address show up0").contains("inet6 fd77::5/64"));
    assertTrue(inside("web", "cat /etc/hosts").endsWith("10.77.0.5 web\nfd77::5 web"));
    assertTrue(ada.ok("domifaddr", "web").contains("10.77.0.5/24"));
    assertEquals("outside", inside("web", "busybox wget -q -O - http://" + Outside.ADDRESS));
    answers("web");
  }

  /** However the guest ends, or begins anew, there is one program a guest that runs. */
  @Test
  void endsWithItsGuest() throws Exception {
    ada.define(guest("web", user(PUBLISHED)).with("<on_poweroff>restart</on_poweroff>"));
    ada.ok("start", "web");
    answers("web");
    String first = programs().getFirst();
    inside("web", "(sleep 1; touch /tmp/end) >/dev/null 2>&1 &");
    Await.until(
        "another run",
        () -> {
          // Looked at once: between two looks the program may have ended.
          List<String> now = programs();
          return now.size() == 1 && !now.getFirst().equals(first);
        });
    Files.deleteIfExists(ada.home().resolve("web/tmp/end"));
    ada.ok("destroy", "web");
    assertEquals(List.of(), programs());
    Files.deleteIfExists(ada.home().resolve("web/tmp/end"));
    ada.define(guest("db", user()));
    ada.ok("start", "db");
    assertEquals(1, programs().size());
    // The guest's end is the end of all in it: not before the command has returned.
    inside("db", "(sleep 1; touch /tmp/end) >/dev/null 2>&1 &");
    Await.until("its end", () -> programs().isEmpty());
    Await.until(
        "the record of its end",
        () -> ada.ok("domstate", "db", "--reason").equals("shut off (exited 7)\n"));
  }

  /** The guest runs on, and it shows. */
  @Test
  void killedProgram() throws Exception {
    ada.define(guest("web", user(PUBLISHED)));
    ada.ok("start", "web");
    Host.run("kill", "-KILL", programs().getFirst().split(":", 2)[0]);
    Await.until("its end", () -> programs().isEmpty());
    assertEquals("running (network helper lost)\n", ada.ok("domstate", "web", "--reason"));
    assertEquals("0", inside("web", "id -u"));
    ada.ok("destroy", "web");
    ada.ok("start", "web");
    answers("web");
    assertEquals("running\n", ada.ok("domstate", "web", "--reason"));
  }

  @Test
  void takenPorts() throws Exception {
    ada.define(guest("web", user(PUBLISHED)));
    ada.define(guest("own", user("<publish address='127.0.0.1' host='8080' guest='80'/>")));
    ada.define(guest("low", user("<publish host='81' guest='80'/>")));
    String roots = "tcp port 81 is root's: ordinary users publish those from 1024 on";
    Ran told = ada.domus("define", ada.home().resolve("low.xml").toString());
    assertTrue(told.stderr().contains("start will refuse this: " + roots), told.stderr());
    refused(roots, "start", "low");
    Process server = new ProcessBuilder("busybox", "httpd", "-f", "-p", "127.0.0.1:8080").start();
    try {
      Await.until("the server", () -> !Host.run("ss", "-Hltn", "sport = 8080").isEmpty());
      refused("tcp port 8080 of the host is in use", "start", "web");
      // On one address only pasta itself can tell.
      refused("Failed to bind port 8080 (Address already in use)", "start", "own");
    } finally {
      server.destroy();
      server.waitFor();
    }
    assertEquals(List.of(), programs());
    assertEquals("shut off\n", ada.ok("domstate", "own"));
    assertEquals("", ada.ok("list", "--name").strip());
    assertEquals(List.of(), ada.processes("conmon"));
    ada.ok("clone", "own", "other", "--to", "dir");
    ada.ok("start", "own");
    refused("tcp port 8080 is published by domain 'own' already", "start", "web");
    answers("own");
    refused("tcp port 8080 is published by domain 'own' already", "start", "other");
    ada.ok("destroy", "own");
    ada.ok("start", "other");
    answers("own");
  }

  @Test
  void ephemeral() throws Exception {
    ada.define(guest("web", user()));
    assertEquals(
        "outside\n",
        ada.ok(
            "start",
            "web",
            "--ephemeral",
            "--",
            "busybox",
            "wget",
            "-q",
            "-O",
            "-",
            "http://" + Outside.ADDRESS));
    assertEquals(List.of(), programs());
  }

  @Test
  void refusals() throws Exception {
    ada.define(guest("two", user(), user()));
    refused("a second interface of type 'user' cannot be had in lxc:///session", "start", "two");
    refused("two.xml:", "start", "two");
    ada.define(guest("bridged", "<interface type='bridge'><source bridge='br0'/></interface>"));
    refused("<interface type='user'/> connects a guest", "start", "bridged");
    refused("<interface type='user'/> connects a guest", "plan", "bridged");
    assertEquals(List.of(), ada.processes("conmon"));
  }

  /** In mount namespaces of their own, in which programs are empty files. */
  @Test
  void withoutPasta() throws Exception {
    ada.define(guest("web", user()));
    ada.define(guest("shown", user(PUBLISHED)));
    ada.domus("list");
    ada.endPause();
    Ran start = without("/usr/bin/pasta", "start", "web");
    assertEquals(0, start.exit(), start.stderr());
    assertEquals(1, ada.processes("slirp4netns --configure").size());
    assertEquals("outside", inside("web", "busybox wget -q -O - http://" + Outside.ADDRESS));
    assertEquals("outside", inside("web", "busybox wget -q -O - http://outside.example"));
    assertEquals("nameserver 10.0.2.3", inside("web", "cat /etc/resolv.conf"));
    assertTrue(inside("web", "cat /etc/hosts").endsWith("10.0.2.100 web"));
    assertTrue(ada.ok("domifaddr", "web").contains("10.0.2.100/24"));
    refused(
        "needs pasta, and there is only slirp4netns here (Debian: apt install passt)",
        "start",
        "shown");
    String checks = ada.domus("host-validate").stdout();
    assertTrue(checks.matches("(?s).*networks of guests[^\\n]*slirp4netns.*"), checks);
    ada.ok("destroy", "web");
    assertEquals(List.of(), ada.processes("slirp4netns --configure"));
    ada.endPause();
    assertNotEquals(0, without("/usr/bin/pasta /usr/bin/slirp4netns", "start", "web").exit());
    refused(
        "neither pasta nor slirp4netns is installed (Debian: apt install passt", "start", "web");
    String lack = ada.domus("host-validate").stdout();
    assertTrue(lack.matches("(?s).*networks of guests[^\\n]*WARN[^\\n]*neither pasta.*"), lack);
  }

  /** The session's namespaces are made by the first command, and keep what it sees. */
  private Ran without(String programs, String... words) throws Exception {
    return ada.domus(
        List.of(
            "unshare",
            "--mount",
            "sh",
            "-c",
            "for file in $0; do mount --bind /dev/null \"$file\" || exit; done; exec \"$@\"",
            programs),
        Map.of(),
        List.of(),
        words);
  }
}
