// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.IpAddress;
import io.domus.xml.bind.InterfaceBean;
import io.domus.xml.bind.LinkBean;
import io.domus.xml.bind.NetworkBean;
import java.util.stream.Stream;

/** Rules for {@code <mtu>} beside addresses. */
final class MtuRules {
  private final Faults faults;

  MtuRules(Faults faults) {
    this.faults = faults;
  }

  void check(NetworkBean network) {
    check(
        network.mtu,
        network.addresses.stream().map(ip -> AddressCheck.meant(ip.family, ip.address)));
  }

  void check(InterfaceBean each) {
    check(each.mtu, each.addresses.stream().map(ip -> AddressCheck.meant(ip.family, ip.address)));
  }

  private void check(LinkBean mtu, Stream<IpAddress.Family> families) {
    if (mtu == null || mtu.size == null || families.noneMatch(IpAddress.Family.IPV6::equals)) {
      return;
    }
    long size = Quantity.whole(mtu.size).orElse(0);
    // What is too small for any network, the schema refuses.
    if (size >= IpAddress.Family.IPV4.leastMtu() && size < IpAddress.Family.IPV6.leastMtu()) {
      faults.error(
          "net.mtu",
          faults.attribute(mtu, "size"),
          "IPv6 needs an MTU of at least %d bytes".formatted(IpAddress.Family.IPV6.leastMtu()));
    }
  }
}
