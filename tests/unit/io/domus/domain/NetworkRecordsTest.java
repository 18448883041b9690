// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the records of networks and snapshots refuse to hold. */
class NetworkRecordsTest {
  private static final NetworkForward LAN = new NetworkForward.HostBridge();
  private static final NetworkForward ALONE = new NetworkForward.Isolated();

  private static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow();
  }

  private static NetworkDef network(
      String name, NetworkForward forward, NetworkBridge bridge, NetworkAddressing addressing) {
    return new NetworkDef(
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        forward,
        bridge,
        addressing,
        NetworkPorts.DEFAULT,
        Origin.NONE);
  }

  private static NetworkDef named(String name) {
    return network(name, ALONE, NetworkBridge.DEFAULT, NetworkAddressing.NONE);
  }

  private static NetworkAddressing at(NetworkIp... addresses) {
    return new NetworkAddressing(
        List.of(addresses), List.of(), Optional.empty(), NetworkDns.DEFAULT, List.of());
  }

  private static NetworkIp address(String text, int prefix, NetworkDhcp dhcp) {
    return new NetworkIp(
        ip(text),
        Optional.of(prefix),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.ofNullable(dhcp),
        Origin.NONE);
  }

  private static NetworkDhcp range(String start, String end) {
    return new NetworkDhcp(
        List.of(new NetworkDhcp.Range(ip(start), ip(end), Optional.empty())),
        List.of(),
        Optional.empty());
  }

  private static NetworkBridge bridge(int delay, Optional<String> mac) {
    return new NetworkBridge(
        Optional.empty(),
        true,
        delay,
        NetworkBridge.MacTable.KERNEL,
        Optional.empty(),
        mac,
        Optional.empty(),
        false,
        Origin.NONE);
  }

  private static NetworkForward.Device device(String name) {
    return new NetworkForward.Device(name, Origin.NONE);
  }

  private static NetworkPorts.Group group(String name, boolean byDefault) {
    return new NetworkPorts.Group(
        name, byDefault, NetworkPorts.Limits.NONE, Optional.empty(), Optional.empty());
  }

  private static NetworkPorts ports(NetworkPorts.Group... groups) {
    return new NetworkPorts(
        NetworkPorts.Limits.NONE, Optional.empty(), Optional.empty(), false, List.of(groups));
  }

  private static NetworkDns dns(boolean enabled, List<NetworkDns.Text> texts) {
    return new NetworkDns(enabled, true, List.of(), texts, List.of(), List.of());
  }

  private static SnapshotDef snapshot(
      String name, SnapshotDef.State state, String parent, SnapshotDef.Memory memory) {
    return new SnapshotDef(
        Optional.ofNullable(name),
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(state),
        Optional.ofNullable(parent),
        Optional.ofNullable(memory),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Origin.NONE);
  }

  private static DynamicTest refused(String what, Executable make) {
    return DynamicTest.dynamicTest(what, () -> assertThrows(IllegalArgumentException.class, make));
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    return Stream.of(
        refused(
            "an address where there is no bridge",
            () -> network("n", LAN, NetworkBridge.DEFAULT, at(address("10.0.0.1", 8, null)))),
        refused(
            "a hardware address of a bridge of the host",
            () -> network("n", LAN, bridge(0, Optional.of("x")), NetworkAddressing.NONE)),
        refused("a negative delay", () -> bridge(-1, Optional.empty())),
        refused("a prefix too long", () -> address("10.0.0.1", 33, null)),
        refused("a range outside", () -> address("10.0.0.1", 24, range("10.0.0.2", "10.0.1.2"))),
        refused("a range of two families", () -> range("10.0.0.2", "::")),
        refused("a range that ends first", () -> range("10.0.0.2", "10.0.0.1")),
        refused(
            "a prefix and a mask",
            () ->
                new NetworkIp(
                    ip("10.0.0.1"),
                    Optional.of(8),
                    Optional.of(ip("255.0.0.0")),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Origin.NONE)),
        refused(
            "an address for nobody",
            () ->
                new NetworkDhcp.Host(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    ip("::"),
                    Optional.empty())),
        refused("a lease too short", () -> lease(119, NetworkDhcp.Lease.Unit.SECONDS)),
        refused("a lease too long", () -> lease(1_200_000, NetworkDhcp.Lease.Unit.HOURS)),
        refused("a negative lease", () -> lease(-1, NetworkDhcp.Lease.Unit.HOURS)),
        refused("records of no server", () -> dns(false, List.of(new NetworkDns.Text("a", "b")))),
        refused(
            "a forwarder to nowhere",
            () -> new NetworkDns.Forwarder(Optional.empty(), Optional.empty())),
        refused("an address without names", () -> new NetworkDns.Host(ip("::"), List.of())),
        refused(
            "a port of no host",
            () ->
                new NetworkDns.Service(
                    "ldap",
                    "tcp",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(1),
                    Optional.empty(),
                    Optional.empty())),
        refused(
            "a domain asked for in circles",
            () -> new NetworkAddressing.Domain("a", false, true, Origin.NONE)),
        refused("two groups of one name", () -> ports(group("a", false), group("a", false))),
        refused("two default groups", () -> ports(group("a", true), group("b", true))),
        refused("ports that end first", () -> new NetworkForward.PortRange(2, 1)),
        refused("port 0", () -> new NetworkForward.PortRange(0, 1)),
        refused("IPv6 for IPv4", () -> new NetworkForward.AddressRange(ip("::"), ip("::1"))),
        refused(
            "addresses that end first",
            () -> new NetworkForward.AddressRange(ip("1.0.0.1"), ip("1.0.0.0"))),
        refused(
            "devices in two ways",
            () -> new NetworkForward.Devices(List.of(device("eth0")), Optional.of(device("eth1")))),
        refused("a snapshot after itself", () -> snapshot("a", null, "a", null)),
        refused("a snapshot's bad name", () -> snapshot("a/b", null, null, null)),
        refused(
            "memory of the dead",
            () ->
                snapshot("a", SnapshotDef.State.SHUTOFF, null, new SnapshotDef.Memory.Internal())),
        refused("a relative file", () -> new SnapshotDef.Memory.External("a")));
  }

  private static NetworkDhcp.Lease lease(long expiry, NetworkDhcp.Lease.Unit unit) {
    return new NetworkDhcp.Lease(expiry, unit);
  }

  @Test
  void leasesLast() {
    assertEquals(
        Optional.of(Duration.ofMinutes(2)), lease(120, NetworkDhcp.Lease.Unit.SECONDS).time());
    assertEquals(Optional.of(Duration.ofHours(3)), lease(3, NetworkDhcp.Lease.Unit.HOURS).time());
    assertEquals(Optional.empty(), lease(0, NetworkDhcp.Lease.Unit.MINUTES).time());
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "a b", "ü\"'&<>:;", "0", "_", "n.-"})
  void names(String name) {
    assertEquals(name, named(name).name());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "a ", " a", ".", "..", ".a", "-a", "a/b", "a\nb", "a\tb", "\u0085", "a\u3000"
      })
  void noNames(String name) {
    assertFalse(NetworkDef.isName(name));
    assertThrows(IllegalArgumentException.class, () -> named(name));
  }

  @Test
  void namesAreMeasuredInBytes() {
    assertTrue(NetworkDef.isName("ü".repeat(100)));
    assertFalse(NetworkDef.isName("ü".repeat(101)));
  }

  @Test
  void prefixesComeFromMaskOrClass() {
    NetworkIp mask =
        new NetworkIp(
            ip("10.1.2.3"),
            Optional.empty(),
            Optional.of(ip("255.255.0.0")),
            false,
            Optional.empty(),
            Optional.empty(),
            Origin.NONE);
    assertEquals("10.1.0.0/16", mask.subnet().toString());
    NetworkIp bare =
        new NetworkIp(
            ip("10.1.2.3"),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Origin.NONE);
    assertEquals("10.0.0.0/8", bare.subnet().toString());
  }

  @Test
  void snapshotsKnowWhatIsInThem() {
    assertEquals("", snapshot(null, null, null, null).name());
    assertFalse(snapshot(null, null, null, null).holdsMemory());
    assertFalse(snapshot(null, null, null, null).diskOnly());
    assertTrue(snapshot("a", null, null, new SnapshotDef.Memory.Internal()).holdsMemory());
    assertTrue(snapshot("a", null, null, new SnapshotDef.Memory.External("/m")).holdsMemory());
    assertTrue(snapshot("a", null, null, new SnapshotDef.Memory.None()).diskOnly());
    assertTrue(snapshot("a", SnapshotDef.State.DISK_SNAPSHOT, null, null).diskOnly());
    assertEquals("disk-snapshot", SnapshotDef.State.DISK_SNAPSHOT.text());
  }
}
