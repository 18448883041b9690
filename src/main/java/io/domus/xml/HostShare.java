// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rules for what a host has only once: its ports, and the subnets that it reaches. */
final class HostShare {
  private final List<DefinitionSummary> documents;
  private final StartOrder.Teller teller;

  /** Who publishes a port first, by whatever address; by all; and by one alone. */
  private final Map<String, DefinitionSet.Holder> ports = new HashMap<>();

  private final Map<String, DefinitionSet.Holder> everywhere = new HashMap<>();
  private final Map<String, DefinitionSet.Holder> somewhere = new HashMap<>();

  /** Who has a subnet first, by the lengths of prefixes and the first addresses. */
  private final TreeMap<Integer, Map<IpAddress, DefinitionSet.Holder>> subnets = new TreeMap<>();

  /** The same in the order of the first addresses. */
  private final TreeMap<IpAddress, DefinitionSet.Holder> starts = new TreeMap<>();

  HostShare(List<DefinitionSummary> documents, StartOrder.Teller teller) {
    this.documents = documents;
    this.teller = teller;
  }

  void check() {
    for (int index = 0; index < documents.size(); index++) {
      for (Claim claim : documents.get(index).claims()) {
        if (claim.role() == Claim.Role.PUBLISHED) {
          port(index, claim);
        } else if (claim.role() == Claim.Role.SUBNET) {
          subnet(index, claim);
        }
      }
    }
  }

  /** Without an address it is that of all addresses. */
  private void port(int index, Claim claim) {
    DefinitionSet.Holder here = new DefinitionSet.Holder(documents.get(index), claim);
    int slash = claim.value().indexOf('/');
    boolean all = slash < 0;
    String port = all ? claim.value() : claim.value().substring(0, slash);
    Optional<DefinitionSet.Holder> other =
        all
            ? Optional.ofNullable(ports.get(port))
            : Optional.ofNullable(everywhere.get(port))
                .or(() -> Optional.ofNullable(somewhere.get(claim.value())));
    ports.putIfAbsent(port, here);
    (all ? everywhere : somewhere).putIfAbsent(claim.value(), here);
    other
        .filter(first -> first.document() != here.document())
        .ifPresent(
            first ->
                teller.tell(
                    index,
                    "set.duplicate-port",
                    claim,
                    "%s of the host is already published by %s".formatted(port, first.place())));
  }

  private void subnet(int index, Claim claim) {
    DefinitionSet.Holder here = new DefinitionSet.Holder(documents.get(index), claim);
    IpSubnet subnet = Connections.subnet(claim.value());
    around(subnet)
        .or(() -> within(subnet))
        .filter(first -> first.document() != here.document())
        .ifPresent(
            first -> teller.tell(index, "set.subnet-overlap", claim, overlap(subnet, first)));
    subnets
        .computeIfAbsent(subnet.prefix(), _ -> new HashMap<>())
        .putIfAbsent(subnet.first(), here);
    starts.putIfAbsent(subnet.first(), here);
  }

  private static String overlap(IpSubnet subnet, DefinitionSet.Holder first) {
    String other = Connections.subnet(first.claim().value()).toString();
    return other.equals(subnet.toString())
        ? "subnet %s is already that of %s".formatted(subnet, first.place())
        : "subnet %s overlaps %s of %s".formatted(subnet, other, first.place());
  }

  /** Of two subnets that overlap one is a part of the other. */
  private Optional<DefinitionSet.Holder> around(IpSubnet subnet) {
    for (Map.Entry<Integer, Map<IpAddress, DefinitionSet.Holder>> each :
        subnets.headMap(subnet.prefix(), true).entrySet()) {
      IpSubnet wider = new IpSubnet(subnet.address(), each.getKey());
      DefinitionSet.Holder found = each.getValue().get(wider.first());
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private Optional<DefinitionSet.Holder> within(IpSubnet subnet) {
    return Optional.ofNullable(starts.ceilingEntry(subnet.first()))
        .filter(next -> subnet.contains(next.getKey()))
        .map(Map.Entry::getValue);
  }
}
