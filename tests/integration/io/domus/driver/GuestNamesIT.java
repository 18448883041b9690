// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.IpAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Addresses and names of guests that the network's definition knows, and of others. */
class GuestNamesIT {
  private static final String MAC = "52:54:00:99:00:09";

  @RegisterExtension final Site site = new Site();
  private Lab lab;

  @BeforeEach
  void open() throws Exception {
    lab = Lab.open(site);
    lab.start(
        """
        <network>
          <name>known</name>
          <bridge name='itknown0'/>
          <domain name='known.example'/>
          <ip address='10.91.0.1' prefix='24'>
            <dhcp>
              <range start='10.91.0.100' end='10.91.0.199'/>
              <host mac='%s' name='nine' ip='10.91.0.9'/>
            </dhcp>
          </ip>
          <ip family='ipv6' address='fd91::1' prefix='64'>
            <dhcp><range start='fd91::1000' end='fd91::1fff'/></dhcp>
          </ip>
        </network>
        """
            .formatted(MAC.toUpperCase(java.util.Locale.ROOT)),
        "known");
  }

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  private DomainXml domain(String name, String... elements) throws Exception {
    return lab.domain(name, Lab.network("known", elements));
  }

  private List<String> addresses(String name) {
    return new InterfaceView(site.driver())
        .addresses(name).stream().map(each -> each.address().toString()).toList();
  }

  /** What the network's server says of a name or an address; empty if it knows none. */
  private static List<String> ask(String type, String what) throws Exception {
    return Host.run(
            "sh",
            "-c",
            "busybox nslookup ${1:+-type=$1} \"$2\" 10.91.0.1 2>/dev/null | sed -n"
                + " -e '/^Name:/,$s/^Address[^:]*: *//p' -e 's/.*name = //p'",
            "sh",
            type,
            what)
        .lines()
        .sorted()
        .toList();
  }

  /** What a DHCP client in the guest is given. */
  private String client(String name, String program) throws Exception {
    Path script = site.path("client");
    if (!Files.exists(script)) {
      Files.writeString(script, "#!/bin/sh\n[ \"$1\" != bound ] || echo \"got ${ipv6:-$ip}\"\n");
      script.toFile().setExecutable(true);
    }
    String said =
        Host.run(
            "nsenter",
            "--net=/proc/" + site.init(name) + "/ns/net",
            "sh",
            "-c",
            "busybox "
                + program
                + " -f -q -n -t 5 -i eth0 -s \"$1\" 2>/dev/null | sed -n 's/^got //p'",
            "sh",
            script.toString());
    return IpAddress.parse(said).map(IpAddress::toString).orElse(said);
  }

  @Test
  void oneThatTheDefinitionKnows() throws Exception {
    site.start(domain("a", "<mac address='" + MAC + "'/>"));
    List<String> own = addresses("a");
    assertEquals("10.91.0.9", own.getFirst());
    for (String name : List.of("a.known.example", "nine.known.example")) {
      assertEquals(List.of("10.91.0.9"), ask("a", name), name);
      assertEquals(List.of(own.get(1)), ask("aaaa", name), name);
    }
    assertEquals(List.of("a.known.example"), ask("", "10.91.0.9"));
    assertEquals("10.91.0.9", client("a", "udhcpc"));
    assertEquals(own.get(1), client("a", "udhcpc6"));
    assertEquals(List.of("10.91.0.9"), ask("a", "nine.known.example"));
    assertEquals(own, addresses("a"));
    site.destroy("a");
    Await.until("no name", () -> ask("a", "a.known.example").isEmpty());
    Path definition = site.layout().network("known").hosts().resolve("definition");
    assertEquals(MAC + ",10.91.0.9,nine\n", Files.readString(definition));
    // It keeps what the definition gives it, and what it had.
    site.start("a");
    assertEquals(own, addresses("a"));
    assertEquals(MAC + ",10.91.0.9,[" + own.get(1) + "],nine\n", Files.readString(definition));
    assertEquals("10.91.0.9", client("a", "udhcpc"));
  }

  @Test
  void oneThatItLearnsOfLater() throws Exception {
    site.start(domain("b"));
    List<String> own = addresses("b");
    assertEquals(own.getFirst(), client("b", "udhcpc"));
    assertEquals(own.get(1), client("b", "udhcpc6"));
    assertEquals(List.of(own.getFirst()), ask("a", "b.known.example"));
  }

  /** A question for the other family has no answer, and is not refused. */
  @Test
  void whatIsNotThereIsNotRefused() throws Exception {
    lab.start(
        """
        <network>
          <name>four</name>
          <bridge name='itfour0'/>
          <domain name='four.example'/>
          <ip address='10.92.0.1' prefix='24'/>
        </network>
        """,
        "four");
    site.start(lab.domain("c", Lab.network("four")));
    for (String name : List.of("c", "c.four.example", "none.four.example", "none")) {
      String said =
          Host.run(
              "sh", "-c", "busybox nslookup -type=aaaa \"$1\" 10.92.0.1 2>&1 || true", "sh", name);
      assertFalse(said.contains("REFUSED"), said);
      assertEquals(name.startsWith("none"), said.contains("NXDOMAIN"), said);
    }
  }

  /** Of several networks, that of the way out is asked first. */
  @Test
  void theWayOutIsAskedFirst() throws Exception {
    site.start(lab.domain("d", Lab.network("quiet"), Lab.network("lab")));
    String resolver = site.output("d", "cat", "/etc/resolv.conf");
    assertTrue(
        resolver.indexOf("10.88.0.1") > 0
            && resolver.indexOf("10.88.0.1") < resolver.indexOf("10.89.0.1"),
        resolver);
  }
}
