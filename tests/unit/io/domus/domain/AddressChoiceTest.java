// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressChoiceTest {
  private static final String MAC = "52:54:00:00:00:01";

  private static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow();
  }

  private static NetworkIp subnet(String address, int prefix, Optional<NetworkDhcp> dhcp) {
    return new NetworkIp(
        ip(address),
        Optional.of(prefix),
        Optional.empty(),
        false,
        Optional.empty(),
        dhcp,
        Origin.NONE);
  }

  private static Optional<NetworkDhcp> dhcp(String start, String end, NetworkDhcp.Host... hosts) {
    List<NetworkDhcp.Range> ranges =
        List.of(new NetworkDhcp.Range(ip(start), ip(end), Optional.empty()));
    return Optional.of(new NetworkDhcp(ranges, List.of(hosts), Optional.empty()));
  }

  private static NetworkDhcp.Host host(Optional<String> mac, Optional<String> name, String ip) {
    return new NetworkDhcp.Host(mac, Optional.empty(), name, ip(ip), Optional.empty());
  }

  private static AddressChoice of(NetworkIp... addresses) {
    return new AddressChoice(
        new NetworkDef(
            "lab",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new NetworkForward.Isolated(),
            NetworkBridge.DEFAULT,
            new NetworkAddressing(
                List.of(addresses), List.of(), Optional.empty(), NetworkDns.DEFAULT, List.of()),
            NetworkPorts.DEFAULT,
            Origin.NONE));
  }

  private static Optional<IpAddress> first(AddressChoice choice, Set<IpAddress> taken) {
    return choice.choose(MAC, "web", List.of(), taken).getFirst().address();
  }

  @Test
  void oneMacLeadsToOneAddressInTheRange() {
    AddressChoice choice = of(subnet("192.0.2.1", 24, dhcp("192.0.2.10", "192.0.2.20")));
    IpAddress address = first(choice, Set.of()).orElseThrow();
    assertEquals(address, first(choice, Set.of()).orElseThrow());
    assertTrue(address.compareTo(ip("192.0.2.10")) >= 0, address::toString);
    assertTrue(address.compareTo(ip("192.0.2.20")) <= 0, address::toString);
  }

  @Test
  void everyAddressIsFoundBeforeThereIsNone() {
    AddressChoice choice = of(subnet("192.0.2.1", 29, Optional.empty()));
    Set<IpAddress> taken = new HashSet<>();
    List<String> found = new ArrayList<>();
    for (Optional<IpAddress> next = first(choice, taken);
        next.isPresent();
        next = first(choice, taken)) {
      taken.add(next.get());
      found.add(next.get().toString());
    }
    found.sort(null);
    assertEquals(List.of("192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5", "192.0.2.6"), found);
  }

  @Test
  void whatTheDefinitionKeepsForOneIsItsAndNobodyElses() {
    AddressChoice byMac =
        of(
            subnet(
                "192.0.2.1",
                24,
                dhcp(
                    "192.0.2.10",
                    "192.0.2.11",
                    host(Optional.of(MAC), Optional.empty(), "192.0.2.99"),
                    host(Optional.empty(), Optional.of("db"), "192.0.2.10"))));
    assertEquals(Optional.of(ip("192.0.2.99")), first(byMac, Set.of()));
    assertEquals(
        Optional.of(ip("192.0.2.10")),
        byMac.choose("52:54:00:00:00:02", "db", List.of(), Set.of()).getFirst().address());
    assertEquals(
        Optional.of(ip("192.0.2.11")),
        byMac.choose("52:54:00:00:00:03", "x", List.of(), Set.of()).getFirst().address());
  }

  @Test
  void theFormerAddressComesBackIfItIsFreeAndStillOfTheNetwork() {
    AddressChoice choice = of(subnet("192.0.2.1", 24, dhcp("192.0.2.10", "192.0.2.200")));
    List<IpAddress> former = List.of(ip("192.0.2.77"));
    assertEquals(former.getFirst(), choose(choice, former, Set.of()));
    assertTrue(!former.contains(choose(choice, former, Set.copyOf(former))));
    List<IpAddress> elsewhere = List.of(ip("198.51.100.7"));
    assertTrue(!elsewhere.contains(choose(choice, elsewhere, Set.of())));
  }

  private static IpAddress choose(
      AddressChoice choice, List<IpAddress> former, Set<IpAddress> taken) {
    return choice.choose(MAC, "web", former, taken).getFirst().address().orElseThrow();
  }

  @Test
  void eachFamilyHasOne() {
    AddressChoice choice =
        of(subnet("192.0.2.1", 24, Optional.empty()), subnet("2001:db8::1", 64, Optional.empty()));
    List<AddressChoice.Choice> choices = choice.choose(MAC, "web", List.of(), Set.of());
    assertEquals(2, choices.size());
    IpAddress six = choices.get(1).address().orElseThrow();
    assertEquals(IpAddress.Family.IPV6, six.family());
    assertTrue(new IpSubnet(ip("2001:db8::"), 64).contains(six), six::toString);
  }
}
