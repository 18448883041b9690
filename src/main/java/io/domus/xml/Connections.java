// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.GuestSubnets;
import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.domain.NearestName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** Who claims an address of a network first. */
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
      }
    }
    for (int index = 0; index < documents.size(); index++) {
      for (Claim claim : documents.get(index).claims()) {
        if (claim.role() == Claim.Role.MEMBER && complete) {
          member(index, claim);
        } else if (claim.role() == Claim.Role.CONNECTION) {
          group(index, claim);
        } else if (claim.role() == Claim.Role.GUEST_ADDRESS) {
          address(index, claim);
          once(index, claim);
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
    return Optional.ofNullable(
        networks.get(claim.value().substring(0, claim.value().indexOf('/'))));
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
                    "%s is no port group of network %s (%s)%s"
                        .formatted(
                            Printable.quoted(rest(claim)),
                            Printable.quoted(network.name().orElse("")),
                            network.file(),
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

  private void address(int document, Claim claim) {
    network(claim)
        .ifPresent(
            network -> {
              GuestSubnets subnets =
                  new GuestSubnets(
                      subnets(network, Claim.Role.SUBNET), subnets(network, Claim.Role.BEHIND));
              subnets
                  .refusal(IpAddress.parse(rest(claim)).orElseThrow())
                  .ifPresent(
                      why ->
                          teller.tell(
                              document,
                              "set.address-outside",
                              claim,
                              "%s %s in network %s (%s)"
                                  .formatted(
                                      rest(claim),
                                      why,
                                      Printable.quoted(network.name().orElse("")),
                                      network.file())));
            });
  }

  private void once(int document, Claim claim) {
    DefinitionSummary here = documents.get(document);
    DefinitionSet.Holder first =
        holders.putIfAbsent(claim.value(), new DefinitionSet.Holder(here, claim));
    if (first != null && first.document() != here) {
      teller.tell(
          document,
          "set.duplicate-address",
          claim,
          "%s is already the address of %s".formatted(rest(claim), first.place()));
    }
  }
}
