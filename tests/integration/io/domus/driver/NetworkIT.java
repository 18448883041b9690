// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.compiler.LinkFacts;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkPort;
import io.domus.domain.OperationFailedException;
import io.domus.domain.ResourceBusyException;
import io.domus.store.PortStore;
import io.domus.xml.NetworkEdit;
import io.domus.xml.NetworkSection;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Networks on a real kernel, with what nftables and dnsmasq make of them. */
class NetworkIT {
  private static final String NAT =
      """
      <network>
        <name>lab</name>
        <forward mode='nat'/>
        <bridge name='itlab0'/>
        <domain name='lab.example'/>
        <dns>
          <txt name='note' value='two words,and more'/>
          <host ip='10.88.0.9'><hostname>printer</hostname></host>
        </dns>
        <ip address='10.88.0.1' prefix='24'>
          <dhcp>
            <range start='10.88.0.100' end='10.88.0.110'/>
            <host mac='52:54:00:88:00:09' ip='10.88.0.9'/>
          </dhcp>
        </ip>
        <ip family='ipv6' address='fd88::1' prefix='64'/>
        <bandwidth><inbound average='10000'/><outbound average='10000'/></bandwidth>
      </network>
      """;

  @RegisterExtension final Site site = new Site();

  @AfterEach
  void endAll() throws Exception {
    for (NetworkView.Summary network : new NetworkView(site.driver()).all()) {
      if (network.active()) {
        new NetworkDestroyOperation(site.driver()).run(network.name(), true);
      }
    }
    Commands.run("ip", "link", "delete", "itguest");
    assertEquals("", Commands.output("nft", "list", "tables"));
    assertFalse(Files.exists(Path.of("/run/domus-forwarding")));
  }

  private void define(String xml) {
    new NetworkDefineOperation(site.driver()).run("lab.xml", xml.getBytes(StandardCharsets.UTF_8));
  }

  private void start(String name) {
    new NetworkStartOperation(site.driver()).run(name);
  }

  private void destroy(String name) {
    new NetworkDestroyOperation(site.driver()).run(name, false);
  }

  private static String answer(String server, String... question) throws Exception {
    String[] command = new String[question.length + 3];
    command[0] = "busybox";
    command[1] = "nslookup";
    System.arraycopy(question, 0, command, 2, question.length);
    command[command.length - 1] = server;
    return Commands.run(command).output();
  }

  @Test
  void whatIsStartedIsThereAndGoesWithoutATrace() throws Exception {
    define(NAT);
    start("lab");
    destroy("lab");
    MachineState before = MachineState.of(site);
    start("lab");
    String address = Commands.output("ip", "-brief", "address", "show", "dev", "itlab0");
    assertTrue(address.contains("10.88.0.1/24") && address.contains("fd88::1/64"), address);
    assertEquals("1", Files.readString(Path.of("/proc/sys/net/ipv4/ip_forward")).strip());
    String rules = Commands.output("nft", "list", "ruleset");
    assertTrue(rules.contains("table inet domus_" + site.layout().id() + " {"), rules);
    assertTrue(rules.contains("ip saddr 10.88.0.0/24 oifname != \"itlab0\" masquerade"), rules);
    assertTrue(answer("10.88.0.1", "printer.lab.example").contains("10.88.0.9"));
    String text = answer("10.88.0.1", "-type=txt", "note");
    assertTrue(text.contains("two words"), text);
    String classes = Commands.output("tc", "class", "show", "dev", "itlab0");
    assertTrue(classes.contains("rate 80Mbit"), classes);
    destroy("lab");
    before.assertUnchanged("the network");
    assertEquals("0", Files.readString(Path.of("/proc/sys/net/ipv4/ip_forward")).strip());
  }

  @Test
  void whatIsSomebodyElsesIsRefusedByNameAndStays() throws Exception {
    define(NAT);
    Commands.output("ip", "link", "add", "itlab0", "type", "bridge");
    try {
      String message = assertThrows(ResourceBusyException.class, () -> start("lab")).getMessage();
      assertTrue(message.contains("a device is called itlab0 already"), message);
      assertTrue(Lab.lineOf(message).startsWith("<bridge "), message);
      assertTrue(Files.exists(Path.of("/sys/class/net/itlab0")));
    } finally {
      Commands.output("ip", "link", "delete", "itlab0");
    }
    start("lab");
    define("<network><name>other</name>\n<ip address='10.88.0.65' prefix='26'/>\n</network>");
    String message = assertThrows(ResourceBusyException.class, () -> start("other")).getMessage();
    assertTrue(message.contains("is in use by itlab0 (domus:"), message);
    assertTrue(Lab.lineOf(message).startsWith("<ip "), message);
    destroy("lab");
    define(
        "<network><name>tags</name><forward mode='bridge'/><bridge name='itlab1'/>"
            + "\n<vlan><tag id='7'/></vlan>\n</network>");
    Commands.output("ip", "link", "add", "itlab1", "type", "bridge");
    try {
      message = assertThrows(ConfigUnsupportedException.class, () -> start("tags")).getMessage();
      // The reference kernel has no bridges that do.
      assertTrue(message.contains("lacks CONFIG_BRIDGE_VLAN_FILTERING"), message);
      assertTrue(Lab.lineOf(message).startsWith("<vlan>"), message);
    } finally {
      Commands.output("ip", "link", "delete", "itlab1");
    }
  }

  /** dnsmasq gets no socket where another has the port. */
  @Test
  void aFailureIsTakenBack() throws Exception {
    define(NAT);
    start("lab");
    destroy("lab");
    MachineState before = MachineState.of(site);
    Process holder = new ProcessBuilder("socat", "UDP-RECV:53,bind=0.0.0.0", "STDOUT").start();
    try {
      Await.until(
          "a socket on port 53",
          () -> Files.readString(Path.of("/proc/net/udp")).contains("00000000:0035"));
      String message =
          assertThrows(OperationFailedException.class, () -> start("lab")).getMessage();
      assertTrue(message.contains("Address"), message);
    } finally {
      holder.destroyForcibly().waitFor();
    }
    before.assertUnchanged("a start that failed");
  }

  private static NetInterface guest(Driver driver, String mac) {
    String text =
        """
        <domain type='lxc'>
          <name>web</name>
          <memory unit='MiB'>64</memory>
          <os><type>exe</type><init>/bin/init</init></os>
          <devices>
            <filesystem type='mount'><source dir='/'/><target dir='/'/></filesystem>
            <interface type='network'><mac address='%s'/><source network='lab'/></interface>
          </devices>
        </domain>
        """
            .formatted(mac);
    return new DefinitionReader(driver)
        .parse("web.xml", text.getBytes(StandardCharsets.UTF_8))
        .domain()
        .interfaces()
        .getFirst();
  }

  /** An interface as a domain's start makes it; the domain's lock stands for its life. */
  @Test
  void guestsHaveAddressesThatStayAndAreConnectedAgain() throws Exception {
    define(NAT);
    start("lab");
    Driver driver = site.driver();
    NetworkAttach attach = new NetworkAttach(driver);
    String mac = "52:54:00:88:00:aa";
    NetworkAttach.Place place = attach.reserve(guest(driver, mac), "web");
    assertEquals(2, place.addresses().size());
    assertEquals(Optional.of("itlab0"), place.bridge());
    String address = place.addresses().getFirst().address().toString();
    Await.until(
        "a name for the guest", () -> answer("10.88.0.1", "web.lab.example").contains(address));
    assertEquals(
        List.of(address),
        new NetworkView(driver)
            .leases("lab").stream()
                .filter(lease -> lease.prefix() == 24)
                .map(lease -> lease.address().toString())
                .toList());
    Commands.output("ip", "link", "add", "itguest", "type", "veth", "peer", "name", "itpeer");
    Commands.output("ip", "link", "set", "itguest", "up", "master", "itlab0");
    assertThrows(ResourceBusyException.class, () -> destroy("lab"));
    try (io.domus.store.DomainLock _ =
        io.domus.store.DomainLock.tryTake(Site.SYSCALLS, site.layout().lock("web")).orElseThrow()) {
      PortStore ports = new PortStore(site.layout().network("lab"));
      NetworkPort port =
          new NetworkPort(
              "web",
              mac,
              "itguest",
              place.addresses().stream().map(LinkFacts.Address::address).toList(),
              true,
              List.of(new NetInterface.Publish("tcp", Optional.empty(), 8080, 80)));
      Files.createDirectories(ports.file(mac).getParent());
      Files.writeString(ports.file(mac), PortStore.text(port));
      String message = assertThrows(ResourceBusyException.class, () -> destroy("lab")).getMessage();
      assertTrue(message.contains("in use by domain 'web'"), message);
      new NetworkDestroyOperation(driver).run("lab", true);
      start("lab");
      String link = Commands.output("ip", "link", "show", "dev", "itguest");
      assertTrue(link.contains("master itlab0"), link);
      assertEquals(
          "1", Files.readString(Path.of("/sys/class/net/itguest/brport/isolated")).strip());
      String rules = Commands.output("nft", "list", "ruleset");
      assertTrue(rules.contains("dport 8080 dnat ip to " + address + ":80"), rules);
      assertTrue(answer("10.88.0.1", "web.lab.example").contains(address));
      Files.delete(ports.file(mac));
      attach.refresh();
      assertFalse(Commands.output("nft", "list", "ruleset").contains("8080"));
    }
    Commands.output("ip", "link", "delete", "itguest");
    attach.release("lab", mac, "web");
    Await.until(
        "an end of the name", () -> !answer("10.88.0.1", "web.lab.example").contains(address));
    assertEquals(List.of(), new NetworkView(driver).leases("lab"));
    NetworkAttach.Place again = attach.reserve(guest(driver, mac), "web");
    assertEquals(address, again.addresses().getFirst().address().toString());
    attach.release("lab", mac, "web");
  }

  private void update(NetworkSection section, NetworkEdit.Change change, String xml) {
    new NetworkUpdateOperation(site.driver()).run("lab", part(section, change, xml), LIVE);
  }

  static final NetworkUpdateOperation.Scope LIVE = new NetworkUpdateOperation.Scope(true, true);

  static NetworkUpdateOperation.Update part(
      NetworkSection section, NetworkEdit.Change change, String xml) {
    return new NetworkUpdateOperation.Update(
        section,
        change,
        new NetworkEdit.Fragment(
            XmlSource.of("part.xml", xml.getBytes(StandardCharsets.UTF_8)), OptionalInt.empty()));
  }

  @Test
  void aNetworkChangesWhileItRuns() throws Exception {
    define(NAT);
    start("lab");
    update(
        NetworkSection.DNS_HOST,
        NetworkEdit.Change.ADD_LAST,
        "<host ip='10.88.0.10'><hostname>scanner</hostname></host>");
    Await.until(
        "another name", () -> answer("10.88.0.1", "scanner.lab.example").contains("10.88.0.10"));
    update(NetworkSection.DOMAIN, NetworkEdit.Change.MODIFY, "<domain name='new.example'/>");
    assertTrue(answer("10.88.0.1", "scanner.new.example").contains("10.88.0.10"));
    update(NetworkSection.IP, NetworkEdit.Change.ADD_LAST, "<ip address='10.89.0.1' prefix='24'/>");
    update(NetworkSection.IP, NetworkEdit.Change.DELETE, "<ip address='fd88::1'/>");
    String address = Commands.output("ip", "-brief", "address", "show", "dev", "itlab0");
    assertTrue(address.contains("10.89.0.1/24") && !address.contains("fd88"), address);
    update(NetworkSection.FORWARD, NetworkEdit.Change.MODIFY, "<forward mode='open'/>");
    String rules = Commands.output("nft", "list", "ruleset");
    assertFalse(rules.contains("reject") || rules.contains("masquerade"), rules);
    assertEquals("0", Files.readString(Path.of("/proc/sys/net/ipv6/conf/all/forwarding")).strip());
    destroy("lab");
    assertTrue(Files.readString(site.layout().network("lab").definition()).contains("new.example"));
  }

  /** Documents as libvirt has them, on a host that has the devices they name. */
  @Test
  void examplesRunOrAreRefusedForAReason() throws Exception {
    List<String> devices = List.of("eth0", "eth1", "eth2", "eth3", "br0", "ovsbr0");
    Files.createDirectories(Path.of("/srv/tftp"));
    for (String device : devices) {
      Commands.output("ip", "link", "add", device, "type", "bridge");
    }
    Map<String, String> refused = new TreeMap<>();
    try {
      Path examples = Path.of(System.getProperty("domus.checkout"), "conf/examples/networks");
      try (Stream<Path> files = Files.list(examples)) {
        for (Path file : files.sorted().toList()) {
          startAndEnd(Files.readString(file))
              .ifPresent(why -> refused.put(file.getFileName().toString(), why));
        }
      }
    } finally {
      for (String device : devices) {
        Commands.output("ip", "link", "delete", device);
      }
    }
    assertEquals(Set.of("portgroups.xml", "virtual-functions.xml"), refused.keySet());
    assertTrue(refused.get("portgroups.xml").contains("does not heed VLAN tags"));
    assertTrue(refused.get("virtual-functions.xml").contains("virtual functions"));
  }

  /** Returns why it does not start. */
  private Optional<String> startAndEnd(String xml) throws Exception {
    NetworkDefinition definition =
        new NetworkDefineOperation(site.driver())
            .run("example.xml", xml.getBytes(StandardCharsets.UTF_8));
    String name = definition.network().name();
    try {
      start(name);
    } catch (ConfigUnsupportedException why) {
      return Optional.of(why.getMessage());
    }
    Path rules = site.layout().network(name).rules();
    if (Files.exists(rules)) {
      Commands.output("nft", "-c", "-f", rules.toString());
    }
    String found = Commands.output("ip", "address", "show");
    definition
        .network()
        .addressing()
        .addresses()
        .forEach(ip -> assertTrue(found.contains(" " + ip.address() + "/"), found));
    for (var host : definition.network().addressing().dns().hosts()) {
      String server = definition.network().addressing().addresses().getFirst().address().toString();
      String asked = answer(server, host.names().getFirst());
      assertTrue(asked.contains(host.address().toString()), asked);
    }
    assertEquals("active", new NetworkView(site.driver()).one(name).state());
    destroy(name);
    return Optional.empty();
  }

  @Test
  void whatDiedIsToldAndMended() throws Exception {
    define(NAT);
    start("lab");
    NetworkView view = new NetworkView(site.driver());
    String pid = Files.readString(site.layout().network("lab").pid()).split(" ", -1)[0];
    Commands.output("kill", "-9", pid);
    Await.until("an end of dnsmasq", () -> view.one("lab").state().equals("active (dnsmasq lost)"));
    start("lab");
    assertEquals("active", view.one("lab").state());
    Commands.output("ip", "link", "delete", "itlab0");
    assertEquals("active (bridge lost)", view.one("lab").state());
    destroy("lab");
    assertEquals("inactive", view.one("lab").state());
  }

  /** A program and what it printed. */
  static final class Commands {
    private Commands() {}

    record Result(int status, String output) {}

    static Result run(String... command) throws IOException, InterruptedException {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    }

    static String output(String... command) throws IOException, InterruptedException {
      Result result = run(command);
      assertEquals(0, result.status(), result::output);
      return result.output();
    }
  }
}
