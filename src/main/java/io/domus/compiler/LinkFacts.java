// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.IpAddress;
import io.domus.domain.NetworkPaths;
import io.domus.domain.Rate;
import io.domus.domain.Vlan;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the host has for one interface of a domain.
 *
 * @param device the name of the host's end
 * @param place in a network, if it is connected to one that runs
 * @param missing what is not there that the definition names
 */
public record LinkFacts(String device, Optional<Place> place, Optional<MissingLink> missing) {
  public LinkFacts {
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(missing, "missing");
  }

  /** Of a host that nobody has asked. */
  static LinkFacts unknown(int index) {
    return new LinkFacts("vnet" + index, Optional.empty(), Optional.empty());
  }

  /**
   * A place in a network.
   *
   * @param network its name
   * @param mtu of its bridge, if it is told
   * @param isolated whether its guests cannot reach each other
   * @param vlan what the network, or the interface's port group, says
   * @param inbound what the interface's port group says
   * @param outbound what the interface's port group says
   * @param addresses the guest's own
   * @param gateways the host's addresses, one a family; none in an isolated network
   * @param servers of names
   * @param domain that names belong to
   */
  public record Place(
      String network,
      NetworkPaths paths,
      Attachment attachment,
      Optional<Integer> mtu,
      boolean isolated,
      Optional<Vlan> vlan,
      Optional<Rate> inbound,
      Optional<Rate> outbound,
      List<Address> addresses,
      List<IpAddress> gateways,
      List<IpAddress> servers,
      Optional<String> domain) {
    public Place {
      Objects.requireNonNull(network, "network");
      Objects.requireNonNull(paths, "paths");
      Objects.requireNonNull(attachment, "attachment");
      Objects.requireNonNull(mtu, "mtu");
      Objects.requireNonNull(vlan, "vlan");
      Objects.requireNonNull(inbound, "inbound");
      Objects.requireNonNull(outbound, "outbound");
      addresses = List.copyOf(addresses);
      gateways = List.copyOf(gateways);
      servers = List.copyOf(servers);
      Objects.requireNonNull(domain, "domain");
    }
  }

  /** An address with the length of its prefix. */
  public record Address(IpAddress address, int prefix) {
    public Address {
      Objects.requireNonNull(address, "address");
    }

    /** {@code 192.0.2.7/24}. */
    @Override
    public String toString() {
      return address + "/" + prefix;
    }
  }
}
