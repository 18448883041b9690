// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.IpAddress;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkIp;
import io.domus.domain.NetworkPort;
import io.domus.domain.ResourceBusyException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Subnets of a network that runs, and the guests that live in them. */
final class SubnetUse {
  private SubnetUse() {}

  /**
   * A guest keeps its address for as long as it runs, and what it was told of the host's: without
   * them it has neither gateway nor names nor published ports any more, and nobody tells it.
   *
   * @param after what the network is to be
   * @throws ResourceBusyException if a subnet would go that somebody is in, or the host's address
   *     there
   */
  static void checkKept(ActiveNetwork before, NetworkDef after) {
    for (NetworkIp ip : before.definition().addressing().addresses()) {
      TreeSet<String> strangers = new TreeSet<>();
      TreeSet<String> users = new TreeSet<>();
      boolean stays = hosts(after).anyMatch(ip.address()::equals);
      for (NetworkPort port : before.ports()) {
        List<IpAddress> own = port.addresses().stream().filter(ip.subnet()::contains).toList();
        List<IpAddress> lost = own.stream().filter(address -> !has(after, address)).toList();
        if (!lost.isEmpty()) {
          strangers.add(user(port, lost));
        } else if (!stays && !own.isEmpty()) {
          users.add(user(port, own));
        }
      }
      if (!strangers.isEmpty()) {
        throw busy(after, "the subnet " + ip.subnet() + " is in use by ", strangers);
      }
      if (!users.isEmpty()) {
        throw busy(
            after,
            "the host's address " + ip.address() + " is the gateway or name server of ",
            users);
      }
    }
  }

  private static Stream<IpAddress> hosts(NetworkDef network) {
    return network.addressing().addresses().stream().map(NetworkIp::address);
  }

  private static boolean has(NetworkDef network, IpAddress address) {
    return network.addressing().addresses().stream().anyMatch(ip -> ip.subnet().contains(address));
  }

  private static String user(NetworkPort port, List<IpAddress> addresses) {
    return "domain '%s' (%s)"
        .formatted(
            port.domain(),
            addresses.stream().map(IpAddress::toString).collect(Collectors.joining(", ")));
  }

  private static ResourceBusyException busy(NetworkDef network, String what, Set<String> users) {
    return new ResourceBusyException(
        "cannot update network '%s' while it runs: %s%s"
                .formatted(network.name(), what, String.join(", ", users))
            + " (--config changes the definition, net-destroy --force ends the network all the"
            + " same)");
  }
}
