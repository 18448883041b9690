// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.DomainDef;
import io.domus.xml.bind.DomainBean;
import io.domus.xml.bind.NamespaceBean;
import io.domus.xml.bind.PeerBean;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules for {@code <lxc:namespace>}. */
final class SharingRules {
  private static final Pattern PID = Pattern.compile("[1-9][0-9]{0,9}");
  private static final Pattern NETNS = Pattern.compile("(?!\\.\\.?$)[^/\\s]{1,255}");

  private final Faults faults;

  SharingRules(Faults faults) {
    this.faults = faults;
  }

  void check(DomainBean domain) {
    NamespaceBean shared = domain.shared;
    if (shared == null) {
      return;
    }
    Stream.of(shared.network, shared.ipc, shared.uts)
        .filter(peer -> peer != null && !peer.incomplete)
        .forEach(peer -> check(peer, domain));
    if (shared.network != null) {
      alone(shared.network, domain);
    }
    if (domain.idmap != null) {
      faults.error(
          "share.idmap",
          Faults.of(shared),
          "a guest with an <idmap> cannot join the namespaces of another: they belong to another"
              + " user namespace");
    }
  }

  private void check(PeerBean peer, DomainBean domain) {
    String value = peer.value.strip();
    boolean itself = domain.name != null && value.equals(domain.name.value.strip());
    String expected =
        switch (peer.type.strip()) {
          case "pid" -> PID.matcher(value).matches() ? "" : "the id of a process";
          case "netns" -> NETNS.matcher(value).matches() ? "" : "a name below /run/netns";
          default -> DomainDef.isName(value) && !itself ? "" : "the name of another domain";
        };
    if (!expected.isEmpty()) {
      faults.error(
          "share.value",
          faults.attribute(peer, "value"),
          "attribute 'value' of <lxc:%s> is %s, expected %s"
              .formatted(peer.element, Printable.quoted(value), expected));
    }
  }

  /** A network of another has its own interfaces. */
  private void alone(PeerBean network, DomainBean domain) {
    if (domain.devices != null && !domain.devices.interfaces.isEmpty()) {
      faults.error(
          "share.network",
          Faults.of(domain.devices.interfaces.getFirst()),
          "an <interface> in a network that <lxc:sharenet> of line %d shares"
              .formatted(network.line));
    }
    if (domain.features != null && domain.features.privnet != null) {
      faults.error(
          "share.network",
          Faults.of(domain.features.privnet),
          "<privnet> contradicts <lxc:sharenet> of line " + network.line);
    }
  }
}
