// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.Vlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The VLANs of a bridge's port. */
final class VlanReader {
  private final Settings settings;
  private final Report report;

  VlanReader(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  /**
   * @param base the keys of the network, with the dot
   * @param bridge whether the end on the host is a port of one
   */
  Optional<Vlan> read(String base, boolean bridge) {
    if (!bridge) {
      for (String key : List.of("veth.vlan.id", "veth.vlan.tagged.id")) {
        settings
            .all(base + key)
            .forEach(setting -> report.lost(setting, "is for a port of a bridge"));
      }
      return Optional.empty();
    }
    Optional<Integer> untagged = settings.one(base + "veth.vlan.id").flatMap(this::untagged);
    List<Integer> tagged = new ArrayList<>();
    for (Setting setting : settings.all(base + "veth.vlan.tagged.id")) {
      id(setting).ifPresent(id -> tagged(setting, id, untagged, tagged));
    }
    if (tagged.isEmpty()) {
      return untagged.map(
          id -> new Vlan(Optional.empty(), List.of(new Vlan.Tag(id, Optional.empty()))));
    }
    List<Vlan.Tag> tags = new ArrayList<>();
    untagged.ifPresent(id -> tags.add(new Vlan.Tag(id, Optional.of("untagged"))));
    tagged.forEach(id -> tags.add(new Vlan.Tag(id, Optional.empty())));
    return Optional.of(new Vlan(Optional.of(true), tags));
  }

  private void tagged(Setting setting, int id, Optional<Integer> untagged, List<Integer> tagged) {
    if (tagged.contains(id) || untagged.equals(Optional.of(id))) {
      report.same(setting, "is said before");
    } else {
      tagged.add(id);
    }
  }

  private Optional<Integer> untagged(Setting setting) {
    if (setting.value().equals("none")) {
      report.lost(setting, "a port cannot be taken out of the bridge's own VLAN");
      return Optional.empty();
    }
    return id(setting);
  }

  private Optional<Integer> id(Setting setting) {
    OptionalLong id = Values.whole(setting.value(), 1, 4094);
    if (id.isEmpty()) {
      report.lost(setting, "no VLAN from 1 to 4094");
      return Optional.empty();
    }
    return Optional.of((int) id.getAsLong());
  }
}
