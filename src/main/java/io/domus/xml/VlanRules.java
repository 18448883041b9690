// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.xml.bind.Located;
import io.domus.xml.bind.VlanBean;
import io.domus.xml.bind.VlanTagBean;
import java.util.HashMap;
import java.util.Map;

/** Rules for {@code <vlan>}. */
final class VlanRules {
  private static final String RULE = "net.vlan";

  /** Of the 4096 numbers of 802.1Q the first and the last are none. */
  private static final long HIGHEST = 4094;

  private VlanRules() {}

  /** Of what is connected to a bridge. */
  static void bridge(VlanBean vlan, Faults faults) {
    if (vlan == null) {
      return;
    }
    for (VlanTagBean tag : vlan.tags) {
      if (tag.incomplete) {
        continue;
      }
      long id = DomainMapping.number(tag.id);
      if (id < 1 || id > HIGHEST) {
        faults.error(
            RULE,
            faults.attribute(tag, "id"),
            "a bridge has no VLAN %d, only 1 to %d".formatted(id, HIGHEST));
      }
    }
  }

  static void check(VlanBean vlan, Faults faults) {
    boolean unsure = vlan == null || vlan.incomplete;
    if (unsure || vlan.tags.stream().anyMatch(tag -> tag.incomplete)) {
      return;
    }
    if (vlan.tags.isEmpty()) {
      faults.error(RULE, Faults.of(vlan), "<vlan> needs a <tag>");
    }
    boolean single = vlan.trunk != null && vlan.trunk.strip().equals("no");
    if (single && vlan.tags.size() > 1) {
      faults.error(
          RULE, faults.attribute(vlan, "trunk"), "several tags are a trunk, not trunk='no'");
    }
    Map<Long, Located> ids = new HashMap<>();
    Located untagged = null;
    for (VlanTagBean tag : vlan.tags) {
      Located same = ids.putIfAbsent(DomainMapping.number(tag.id), tag);
      if (same != null) {
        faults.error(
            RULE, faults.attribute(tag, "id"), "the tag is in line " + same.line + " already");
      }
      if (tag.nativeMode == null) {
        continue;
      }
      if (single) {
        faults.error(
            RULE,
            faults.attribute(tag, "nativeMode"),
            "attribute 'nativeMode' is for a trunk, not with trunk='no'");
      } else if (untagged != null) {
        faults.error(
            RULE,
            faults.attribute(tag, "nativeMode"),
            "a second native tag, the first is in line " + untagged.line);
      }
      untagged = tag;
    }
  }
}
