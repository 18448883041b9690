// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.GuestSubnets;
import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.domain.NearestName;
import io.domus.domain.PortReach;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules for what interfaces say of networks that are among the documents: other networks may have
 * any port groups and addresses.
 */
final class Connections {
  private final List<DefinitionSummary> documents;
  private final StartOrder.Teller teller;
  private final StartOrder.Teller warner;

  /** The first document of each name. */
  private final Map<String, DefinitionSummary> networks = new HashMap<>();

  /** The first document that makes each bridge. */
  private final Map<String, DefinitionSummary> bridges = new HashMap<>();

  /** Who claims an address of a network, or on a bridge, first. */
  private final Map<String, DefinitionSet.Holder> holders = new HashMap<>();

  Connections(
      List<DefinitionSummary> documents, StartOrder.Teller teller, StartOrder.Teller warner) {
    this.documents = documents;
    this.teller = teller;
    this.warner = warner;
  }

  /**
   * @param complete whether these are all networks there are among the documents
   */
  void check(boolean complete) {
    for (DefinitionSummary document : documents) {
      if (document.kind() == DocumentKind.NETWORK) {
        document.name().ifPresent(name -> networks.putIfAbsent(name, document));
        values(document, Claim.Role.BRIDGE).forEach(name -> bridges.putIfAbsent(name, document));
      }
    }
    for (int index = 0; index < documents.size(); index++) {
      for (Claim claim : documents.get(index).claims()) {
        if (claim.role() == Claim.Role.MEMBER && complete) {
          member(index, claim);
        } else if (claim.role() == Claim.Role.CONNECTION) {
          group(index, claim);
        } else if (claim.role() == Claim.Role.GUEST_ADDRESS) {
          address(index, claim, network(claim));
          once(index, claim, place(claim));
        } else if (claim.role() == Claim.Role.BRIDGE_ADDRESS) {
          address(index, claim, Optional.ofNullable(bridges.get(first(claim))));
          once(index, claim, "bridge " + first(claim));
        } else if (claim.role() == Claim.Role.GUEST_PREFIX) {
          prefix(index, claim, network(claim));
        } else if (claim.role() == Claim.Role.BRIDGE_PREFIX) {
          prefix(index, claim, Optional.ofNullable(bridges.get(first(claim))));
        } else if (claim.role() == Claim.Role.PUBLISHED_IN) {
          published(index, claim);
        }
      }
    }
  }

  /** The host may have any networks: only what looks like a slip is told. */
  private void member(int document, Claim claim) {
    if (!networks.containsKey(claim.value())) {
      NearestName.of(claim.value(), networks.keySet())
          .ifPresent(
              near ->
                  warner.tell(
                      document,
                      "set.no-network",
                      claim,
                      "none of these documents is a network %s, did you mean %s (%s)?"
                          .formatted(
                              Printable.quoted(claim.value()),
                              Printable.quoted(near),
                              networks.get(near).file())));
    }
  }

  private Optional<DefinitionSummary> network(Claim claim) {
    return Optional.ofNullable(networks.get(first(claim)));
  }

  private static String first(Claim claim) {
    return claim.value().substring(0, claim.value().indexOf('/'));
  }

  /** Where an address is there once: the bridge of its network, if it is known. */
  private String place(Claim claim) {
    return network(claim).stream()
        .flatMap(
            network ->
                Stream.of(Claim.Role.BRIDGE, Claim.Role.JOINED_BRIDGE)
                    .flatMap(role -> values(network, role).stream()))
        .findFirst()
        .map(name -> "bridge " + name)
        .orElse("network " + first(claim));
  }

  private static String rest(Claim claim) {
    return claim.value().substring(claim.value().indexOf('/') + 1);
  }

  private void group(int document, Claim claim) {
    network(claim)
        .ifPresent(
            network -> {
              List<String> groups = values(network, Claim.Role.PORTGROUP);
              if (!groups.contains(rest(claim))) {
                teller.tell(
                    document,
                    "set.no-portgroup",
                    claim,
                    "%s is no port group of %s%s"
                        .formatted(
                            Printable.quoted(rest(claim)),
                            called(network),
                            NearestName.hint(rest(claim), groups)));
              }
            });
  }

  private static List<String> values(DefinitionSummary document, Claim.Role role) {
    return document.claims().stream()
        .filter(claim -> claim.role() == role)
        .map(Claim::value)
        .toList();
  }

  private static List<IpSubnet> subnets(DefinitionSummary document, Claim.Role role) {
    return values(document, role).stream().map(Connections::subnet).toList();
  }

  static IpSubnet subnet(String claimed) {
    String[] parts = claimed.split("/");
    return new IpSubnet(IpAddress.parse(parts[0]).orElseThrow(), Integer.parseInt(parts[1]));
  }

  private static GuestSubnets subnets(DefinitionSummary network) {
    return new GuestSubnets(
        subnets(network, Claim.Role.SUBNET), subnets(network, Claim.Role.BEHIND));
  }

  private void address(int document, Claim claim, Optional<DefinitionSummary> owner) {
    owner.ifPresent(
        network -> {
          subnets(network)
              .refusal(IpAddress.parse(rest(claim)).orElseThrow())
              .ifPresent(
                  why ->
                      teller.tell(
                          document,
                          "set.address-outside",
                          claim,
                          "%s %s in %s".formatted(rest(claim), why, called(network))));
        });
  }

  private void prefix(int document, Claim claim, Optional<DefinitionSummary> owner) {
    IpSubnet written = subnet(rest(claim));
    owner.ifPresent(
        network ->
            subnets(network)
                .difference(written.address(), written.prefix(), called(network))
                .ifPresent(why -> warner.tell(document, "set.prefix", claim, why)));
  }

  private void published(int document, Claim claim) {
    PublishedClaim port = PublishedClaim.parse(rest(claim));
    network(claim)
        .ifPresent(
            network ->
                reach(network)
                    .flatMap(reach -> reach.refusal(called(network), port.asked(), port.own()))
                    .ifPresent(why -> teller.tell(document, "set.unreachable-port", claim, why)));
  }

  private static Optional<PortReach> reach(DefinitionSummary network) {
    return values(network, Claim.Role.GUESTS).stream()
        .<PortReach>map(
            place ->
                switch (place) {
                  case NetworkClaims.OWN_BRIDGE -> new PortReach.OwnBridge(subnets(network));
                  case NetworkClaims.HOST_BRIDGE -> new PortReach.HostBridge();
                  default -> new PortReach.OnDevice();
                })
        .findFirst();
  }

  private static String called(DefinitionSummary network) {
    return "network %s (%s)".formatted(Printable.quoted(network.name().orElse("")), network.file());
  }

  private void once(int document, Claim claim, String place) {
    DefinitionSummary here = documents.get(document);
    DefinitionSet.Holder first =
        holders.putIfAbsent(place + " " + rest(claim), new DefinitionSet.Holder(here, claim));
    if (first != null && first.document() != here) {
      teller.tell(
          document,
          "set.duplicate-address",
          claim,
          "%s is already the address of %s".formatted(rest(claim), first.place()));
    }
  }
}
