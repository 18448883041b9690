// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.Vlan;
import io.domus.tool.BridgeVlan;
import java.util.ArrayList;
import java.util.List;

/**
 * The VLANs of interfaces on bridges of the host that heed tags: of one tag the guest sees nothing;
 * of several it sees all, but for the one that is native and untagged.
 */
final class LinkVlans {
  /**
   * Of the 4096 numbers two are none, <a
   * href="https://doi.org/10.1109/IEEESTD.2022.10004498">802.1Q</a> says.
   */
  private static final int HIGHEST = 4094;

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

  /** Refuses what no bridge can do. */
  static void check(Vlan vlan, Attachment attachment, String at) {
    if (!(attachment instanceof Attachment.Bridge)) {
      throw new ConfigUnsupportedException("<vlan> is for an interface on a bridge alone" + at);
    }
    if (vlan.tags().isEmpty()) {
      throw new ConfigUnsupportedException("<vlan> without a <tag> leads nowhere" + at);
    }
    boolean several = vlan.tags().size() > 1;
    if (several && vlan.trunk().filter(Boolean.FALSE::equals).isPresent()) {
      throw new ConfigUnsupportedException(
          "<vlan> has several <tag>, which make a trunk, and trunk='no'" + at);
    }
    if (vlan.tags().stream().filter(tag -> tag.nativeMode().isPresent()).count() > 1) {
      throw new ConfigUnsupportedException("<vlan> has two native <tag>" + at);
    }
    if (vlan.tags().stream().map(Vlan.Tag::id).distinct().count() < vlan.tags().size()) {
      throw new ConfigUnsupportedException("<vlan> has two <tag> of one id" + at);
    }
    for (Vlan.Tag tag : vlan.tags()) {
      if (tag.id() < BridgeVlan.USUAL || tag.id() > HIGHEST) {
        throw new ConfigUnsupportedException(
            "a bridge has no VLAN %d, only 1 to %d%s".formatted(tag.id(), HIGHEST, at));
      }
    }
  }
}
