// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NearestName;
import io.domus.domain.PacketFilter;
import io.domus.xml.bind.FilterrefBean;
import io.domus.xml.bind.OptionBean;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules for {@code <filterref>}. Of a filter that is not known, the start is refused anyway. */
final class FilterRules {
  /** What is between libvirt and its filters; of no use where the guest's addresses are known. */
  private static final Set<String> OF_LIBVIRT = Set.of("CTRL_IP_LEARNING", "DHCPSERVER");

  private FilterRules() {}

  static void check(FilterrefBean filter, Faults faults) {
    Optional<PacketFilter> known =
        Optional.ofNullable(filter.filter).map(String::strip).flatMap(PacketFilter::find);
    known.ifPresent(
        found ->
            filter.parameters.stream()
                .filter(parameter -> parameter.name != null)
                .forEach(parameter -> parameter(found, parameter, faults)));
  }

  private static void parameter(PacketFilter filter, OptionBean parameter, Faults faults) {
    String name = parameter.name.strip();
    Position at = faults.attribute(parameter, "name");
    if (OF_LIBVIRT.contains(name)) {
      faults.warning("ignored", at, "parameter '" + name + "' is ignored by containers");
    } else if (!name.equals(PacketFilter.ADDRESS)) {
      faults.error(
          "net.filter-parameter",
          at,
          "filter '%s' has no parameter %s%s"
              .formatted(filter.text(), Printable.quoted(name), hint(name)));
    } else if (!filter.asksForAddresses()) {
      faults.warning(
          "net.no-effect",
          at,
          "parameter '%s' has no effect on filter '%s', which asks for no addresses"
              .formatted(name, filter.text()));
    }
  }

  private static String hint(String name) {
    String hint = NearestName.hint(name, List.of(PacketFilter.ADDRESS));
    return hint.isEmpty() ? ", only " + PacketFilter.ADDRESS : hint;
  }
}
