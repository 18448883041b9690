// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkIp;
import io.domus.domain.NetworkPort;
import io.domus.domain.ResourceBusyException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Subnets of a network that runs, and the guests that live in them. */
final class SubnetUse {
  private SubnetUse() {}

  /**
   * A guest keeps its address for as long as it runs: without its subnet it has neither gateway nor
   * published ports any more, and nobody tells it.
   *
   * @param after what the network is to be
   * @throws ResourceBusyException if a subnet would go that somebody is in
   */
  static void checkKept(ActiveNetwork before, NetworkDef after) {
    for (NetworkIp ip : before.definition().addressing().addresses()) {
      TreeSet<String> users = new TreeSet<>();
      for (NetworkPort port : before.ports()) {
        List<String> lost = new ArrayList<>();
        for (IpAddress address : port.addresses()) {
          if (ip.subnet().contains(address) && !has(after, address)) {
            lost.add(address.toString());
          }
        }
        if (!lost.isEmpty()) {
          users.add("domain '%s' (%s)".formatted(port.domain(), String.join(", ", lost)));
        }
      }
      if (!users.isEmpty()) {
        throw busy(after.name(), ip.subnet(), users);
      }
    }
  }

  private static boolean has(NetworkDef network, IpAddress address) {
    return network.addressing().addresses().stream().anyMatch(ip -> ip.subnet().contains(address));
  }

  private static ResourceBusyException busy(String name, IpSubnet subnet, TreeSet<String> users) {
    return new ResourceBusyException(
        "cannot update network '%s' while it runs: the subnet %s is in use by %s"
                .formatted(name, subnet, String.join(", ", users))
            + " (--config changes the definition, net-destroy --force ends the network all the"
            + " same)");
  }
}
