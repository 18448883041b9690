// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.Condition;
import io.domus.domain.DomainState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostGraphTest {
  private static KnownDomain domain(String name, DomainState state, String... networks) {
    StringBuilder interfaces = new StringBuilder();
    for (String network : networks) {
      interfaces.append(
          "<interface type='network'><source network='" + network + "'/></interface>");
    }
    return Documents.known(Documents.withRoot(name, interfaces.toString()), state);
  }

  private static KnownNetwork network(String name) {
    return Documents.network(name, true, "");
  }

  @Test
  void domainsStandBesideTheirFirstNetwork() {
    HostGraph graph =
        new HostGraph(
            List.of(network("b"), network("a")),
            List.of(
                domain("1", DomainState.RUNNING, "b"),
                domain("2", DomainState.RUNNING, "missing"),
                domain("3", DomainState.SHUT_OFF),
                domain("4", DomainState.PAUSED, "b", "a")));
    assertEquals(List.of("a", "b", "missing"), graph.peers().stream().map(PeerCard::name).toList());
    assertEquals(List.of("4", "1", "2"), graph.joined().stream().map(KnownDomain::name).toList());
    assertEquals(List.of("3"), graph.alone().stream().map(KnownDomain::name).toList());
    assertEquals("2 networks (2 active), 4 domains (3 running)", graph.sentence());
  }

  @Test
  void nothingIsAHostToo() {
    HostGraph graph = new HostGraph(List.of(), List.of());
    assertEquals("no network, no domain\n", HostText.render(graph));
    assertTrue(graph.svg().contains("no network, no domain"));
    assertTrue(HostDot.render(graph).endsWith("}\n"));
  }

  @Test
  void noTwoHaveOneName() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new HostGraph(List.of(network("a"), network("a")), List.of()));
  }

  @Test
  void whatCannotBeReadIsSaid() {
    Condition off = Condition.of(DomainState.SHUT_OFF);
    HostGraph graph =
        new HostGraph(
            List.of(new KnownNetwork("n", Optional.empty(), false, Optional.empty())),
            List.of(new KnownDomain("d", off, List.of(), Optional.of("definition unreadable"))));
    assertEquals(
        """
        1 network (0 active), 1 domain (0 running)

        network n: inactive, definition unreadable
          (no domain)

        no network
          d  shut off  definition unreadable
        """,
        HostText.render(graph));
  }

  @Test
  void labelsOfGraphvizAreEscaped() {
    HostGraph graph = new HostGraph(List.of(), List.of(domain("d", DomainState.RUNNING, "a\\\"b")));
    assertTrue(HostDot.render(graph).contains("network a\\\\\\\"b"), HostDot.render(graph));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | active, isolated |",
        "<forward mode='nat'/><ip address='192.0.2.1' prefix='24'/> | active, nat, 192.0.2.1/24 |"
            + " nat",
        "<forward mode='nat' dev='eth0'/><ip address='192.0.2.1' prefix='24'/> | active, nat via"
            + " eth0, 192.0.2.1/24 | nat via eth0",
        "<forward mode='route' dev='eth0'/><ip address='192.0.2.1' prefix='24'/> | active, routed"
            + " via eth0, 192.0.2.1/24 | route via eth0",
        "<forward mode='open'/> | active, open | open",
        "<forward mode='bridge'/><bridge name='br0'/> | active, bridge of the host, bridge br0 |"
            + " bridge",
        "<forward mode='private' dev='eth1'/> | active, private on eth1 | eth1",
        "<ip address='192.0.2.1' prefix='24'/> | active, isolated, 192.0.2.1/24 |"
      })
  void networksSayHowTheyReachTheOutside(String inner, String lines, String wayOut) {
    PeerCard card =
        PeerCard.of(new Peer.Network("n"), Map.of("n", Documents.network("n", true, inner)));
    assertEquals(lines, String.join(", ", card.lines()));
    assertEquals(Optional.ofNullable(wayOut), card.wayOut());
  }
}
