// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.NetInterface;
import io.domus.domain.Origin;
import io.domus.domain.Vlan;
import io.domus.tool.BridgeVlan;
import java.util.ArrayList;
import java.util.List;

/**
 * The VLANs of interfaces on bridges of the host that heed tags: of one tag the guest sees nothing;
 * of several it sees all, but for the one that is native and untagged.
 */
final class LinkVlans {
  private LinkVlans() {}

  /** Lines for {@code bridge -batch}; none without VLANs. */
  static List<String> lines(List<GuestLink> links) {
    List<String> lines = new ArrayList<>();
    for (GuestLink link : links) {
      link.vlan().ifPresent(vlan -> port(lines, link.device(), vlan));
    }
    return lines;
  }

  private static void port(List<String> lines, String device, Vlan vlan) {
    // First out of the usual one, so that nothing of it is ever seen.
    if (vlan.tags().stream().noneMatch(tag -> tag.id() == BridgeVlan.USUAL)) {
      lines.add(BridgeVlan.remove(device, BridgeVlan.USUAL));
    }
    boolean trunk = vlan.trunk().orElse(vlan.tags().size() > 1);
    for (Vlan.Tag tag : vlan.tags()) {
      boolean own = !trunk || tag.nativeMode().isPresent();
      boolean bare = !trunk || tag.nativeMode().filter("untagged"::equals).isPresent();
      lines.add(BridgeVlan.add(device, tag.id(), own, bare));
    }
  }

  /** Refuses what is told apart only once it is known what the interface leads to. */
  static void check(Attachment attachment, Origin at) {
    if (!(attachment instanceof Attachment.Bridge)) {
      throw new ConfigUnsupportedException(
          "<vlan> is for an interface on a bridge alone" + at.inParentheses());
    }
  }

  /** Where it is said which VLANs an interface is in: what its network says is the interface's. */
  static Origin said(NetInterface each) {
    return each.hostSide().vlan().map(Vlan::origin).orElse(Origin.NONE).or(each.origin());
  }
}
