// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NetworkDef;
import io.domus.xml.bind.NetworkBean;
import java.util.Optional;

/** What the definition of a network must keep beyond its schema. */
final class NetworkRules {
  private NetworkRules() {}

  /** Tells all that is wrong or odd. */
  static void check(NetworkBean network, Faults faults) {
    name(network, faults);
    Optional<ForwardMode> mode = ForwardMode.of(network);
    NetworkForwardRules forward = new NetworkForwardRules(faults);
    if (mode.isPresent()) {
      forward.check(network, mode.get());
      new NetworkModeRules(faults, mode.get()).check(network);
      new NetworkPortRules(faults, mode.get()).check(network);
    }
    new NetworkIpRules(faults).check(network);
    new MtuRules(faults).check(network);
    new NetworkDnsRules(faults).check(network);
  }

  private static void name(NetworkBean network, Faults faults) {
    if (network.name == null) {
      if (!network.incomplete) {
        faults.error("name.missing", Faults.of(network), "<network> needs a <name>");
      }
    } else if (!network.name.incomplete && !NetworkDef.isName(network.name.value)) {
      faults.error(
          "net.name",
          faults.content(network.name),
          "no file can be called so: " + NetworkDef.NAME_RULE);
    }
  }
}
