// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.HostSide;
import io.domus.domain.IpAddress;
import io.domus.domain.NearestName;
import io.domus.domain.PacketFilter;
import io.domus.domain.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is let through of what a guest sends, for {@code nft -f}: rules at the host's end of an
 * interface, where the guest cannot reach them, in a table of their own.
 */
final class LinkRules {
  /** The guest shapes what it sends itself; this only stops one that does not, in percent. */
  private static final long TOLERANCE = 110;

  /** What may come at once, in KiB: dozens of full packets. */
  private static final long BURST = 256;

  private final GuestLink link;
  private final List<String> rules = new ArrayList<>();

  private LinkRules(GuestLink link) {
    this.link = link;
  }

  static String table(String device) {
    return "domus_" + device;
  }

  /** Empty if everything may pass. */
  static Optional<String> render(GuestLink link) {
    LinkRules rules = new LinkRules(link);
    link.filter().ifPresent(rules::filter);
    link.outbound().ifPresent(rules::limit);
    return rules.rules.isEmpty() ? Optional.empty() : Optional.of(rules.text());
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    String table = table(link.device());
    text.append("add table netdev ").append(table).append('\n');
    text.append("delete table netdev ").append(table).append('\n');
    text.append("table netdev ").append(table).append(" {\n  chain guest {\n");
    text.append("    type filter hook ingress device \"").append(link.device());
    text.append("\" priority filter; policy accept;\n");
    rules.forEach(rule -> text.append("    ").append(rule).append('\n'));
    return text.append("  }\n}\n").toString();
  }

  private void limit(Rate rate) {
    if (rate.average() > 0) {
      long bytes = rate.peak().orElse(rate.average()) * 1000 * TOLERANCE / 100;
      long burst = Math.max(BURST, rate.burst().orElse(0L)) << 10;
      rules.add("limit rate over %d bytes/second burst %d bytes drop".formatted(bytes, burst));
    }
  }

  private void filter(HostSide.Filter wanted) {
    PacketFilter filter = PacketFilter.find(wanted.name()).orElseThrow();
    if (filter.mac()) {
      rules.add("ether saddr != " + link.mac() + " drop");
    }
    if (filter.arp()) {
      rules.add("arp saddr ether != " + link.mac() + " drop");
      rules.add("arp saddr ip != " + set(IpAddress.Family.IPV4, wanted, "0.0.0.0") + " drop");
    }
    if (filter.ip()) {
      // A guest without an address asks for one with none.
      rules.add("ip saddr != " + set(IpAddress.Family.IPV4, wanted, "0.0.0.0") + " drop");
      rules.add("ip6 saddr != " + set(IpAddress.Family.IPV6, wanted, "::", "fe80::/10") + " drop");
    }
  }

  /** Why an interface cannot have a filter; empty if it can. */
  static Optional<String> refusal(HostSide.Filter wanted) {
    if (PacketFilter.find(wanted.name()).isEmpty()) {
      List<String> known = PacketFilter.names();
      return Optional.of(
          "filter '%s' is not supported yet, only %s%s"
              .formatted(
                  wanted.name(), String.join(", ", known), NearestName.hint(wanted.name(), known)));
    }
    return wanted.parameters().getOrDefault(PacketFilter.ADDRESS, List.of()).stream()
        .filter(text -> IpAddress.parse(text.strip()).isEmpty())
        .findFirst()
        .map(
            text ->
                "parameter IP of filter '%s' is no address, which is not supported yet: %s"
                    .formatted(wanted.name(), text));
  }

  /** The addresses of the filter's own parameter, or else the guest's. */
  private String set(IpAddress.Family family, HostSide.Filter filter, String... always) {
    List<IpAddress> addresses = new ArrayList<>();
    for (String text : filter.parameters().getOrDefault(PacketFilter.ADDRESS, List.of())) {
      addresses.add(IpAddress.parse(text.strip()).orElseThrow());
    }
    if (addresses.isEmpty()) {
      link.addresses().forEach(address -> addresses.add(address.address()));
    }
    Set<String> words = new TreeSet<>(List.of(always));
    addresses.stream()
        .filter(address -> address.family() == family)
        .forEach(address -> words.add(address.toString()));
    return "{ " + String.join(", ", words) + " }";
  }
}
