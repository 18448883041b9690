// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.IpAddress;
import io.domus.domain.IpLiteral;
import io.domus.domain.IpSubnet;
import io.domus.domain.NetInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Addresses inside the guest, and its way out. */
final class AddressReader {
  private static final int DEFAULT_PREFIX6 = 64;

  private final Settings settings;
  private final Report report;
  private final String base;

  /**
   * @param base the keys of the network, with the dot
   */
  AddressReader(Settings settings, Report report, String base) {
    this.settings = settings;
    this.report = report;
    this.base = base;
  }

  List<NetInterface.Address> addresses() {
    List<NetInterface.Address> addresses = new ArrayList<>();
    for (String family : List.of("ipv4", "ipv6")) {
      for (Setting setting : settings.all(base + family + ".address")) {
        address(setting, family)
            .filter(each -> isUsable(setting, each, addresses))
            .ifPresent(addresses::add);
      }
    }
    return addresses;
  }

  private Optional<NetInterface.Address> address(Setting setting, String family) {
    List<String> words = Values.words(setting.value());
    String[] parts = words.getFirst().split("/", 2);
    boolean four = family.equals("ipv4");
    if (!IpLiteral.isOf(family, parts[0])) {
      report.lost(setting, four ? "no IPv4 address" : "no IPv6 address");
      return Optional.empty();
    }
    OptionalLong prefix =
        parts.length > 1
            ? Values.whole(parts[1], 0, four ? 32 : 128)
            : OptionalLong.of(four ? ofClass(parts[0]) : DEFAULT_PREFIX6);
    if (prefix.isEmpty()) {
      report.lost(setting, "no prefix from 0 to " + (four ? 32 : 128));
      return Optional.empty();
    }
    int length = (int) prefix.getAsLong();
    if (words.size() > 1 && !(four && words.get(1).equals(broadcast(parts[0], length)))) {
      report.lost(setting, words.get(1), "the broadcast address follows from the prefix");
    }
    return Optional.of(
        new NetInterface.Address(family, parts[0], Optional.of(length), Optional.empty()));
  }

  private boolean isUsable(
      Setting setting, NetInterface.Address each, List<NetInterface.Address> before) {
    IpAddress address = parse(each);
    boolean unfit =
        !address.isUnicast()
            || new IpSubnet(address, each.prefix().orElseThrow()).refusal(address).isPresent();
    boolean again = before.stream().anyMatch(other -> parse(other).equals(address));
    if (unfit || again) {
      report.lost(setting, unfit ? "no guest can have this address" : "it is there already");
    }
    return !unfit && !again;
  }

  private static IpAddress parse(NetInterface.Address each) {
    return IpAddress.parse(each.address()).orElseThrow();
  }

  /** The classes of old, by which LXC completes an address without a prefix. */
  private static int ofClass(String address) {
    int first = Integer.parseInt(address.substring(0, address.indexOf('.')));
    if (first < 128) {
      return 8;
    }
    return first < 192 ? 16 : first < 224 ? 24 : 0;
  }

  private static String broadcast(String address, int prefix) {
    long number = 0;
    for (String part : address.split("\\.", -1)) {
      number = number << 8 | Integer.parseInt(part);
    }
    number |= 0xFFFF_FFFFL >>> prefix;
    return "%d.%d.%d.%d"
        .formatted(number >> 24, number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF);
  }

  List<NetInterface.Route> routes() {
    List<NetInterface.Route> routes = new ArrayList<>();
    for (String family : List.of("ipv4", "ipv6")) {
      settings
          .one(base + family + ".gateway")
          .flatMap(setting -> gateway(setting, family))
          .ifPresent(routes::add);
    }
    return routes;
  }

  private Optional<NetInterface.Route> gateway(Setting setting, String family) {
    String text = setting.value();
    if (text.equals("auto")) {
      report.lost(setting, "put the address of the bridge or device there");
    } else if (text.equals("dev")) {
      report.lost(setting, "a route of a domain has a gateway");
    } else if (!IpLiteral.isOf(family, text)) {
      report.lost(setting, family.equals("ipv4") ? "no IPv4 address" : "no IPv6 address");
    } else {
      String all = family.equals("ipv4") ? "0.0.0.0" : "::";
      return Optional.of(
          new NetInterface.Route(
              family, all, Optional.of(0), Optional.empty(), text, Optional.empty()));
    }
    return Optional.empty();
  }
}
