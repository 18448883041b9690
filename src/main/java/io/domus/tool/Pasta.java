// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Command lines of pasta, which connects a network namespace to the host's network without root.
 * What it is not told it takes from the host: address, routes, MTU.
 *
 * @param guest the device's name there
 * @param mac its hardware address
 * @param device of the host, from which address and routes are taken
 * @param addresses at most one of each family
 * @param gateway the guest's, if it is not to be the host's
 * @param tcp ports of the host that lead to the guest: {@code [ADDRESS/]HOST:GUEST}
 * @param udp the same
 */
public record Pasta(
    String guest,
    String mac,
    Optional<Integer> mtu,
    Optional<String> device,
    List<Address> addresses,
    Optional<String> gateway,
    List<String> tcp,
    List<String> udp) {
  public static final String PROGRAM = "pasta";

  /** Where a guest asks for names: link-local, so nobody's address that it could miss. */
  public static final String SERVER = "169.254.1.1";

  public Pasta {
    Objects.requireNonNull(guest, "guest");
    Objects.requireNonNull(mac, "mac");
    Objects.requireNonNull(mtu, "mtu");
    Objects.requireNonNull(device, "device");
    addresses = List.copyOf(addresses);
    Objects.requireNonNull(gateway, "gateway");
    tcp = List.copyOf(tcp);
    udp = List.copyOf(udp);
  }

  /**
   * An address of the guest.
   *
   * @param prefix of IPv4; of IPv6 there is no choice
   */
  public record Address(String address, Optional<Integer> prefix) {
    public Address {
      Objects.requireNonNull(address, "address");
      Objects.requireNonNull(prefix, "prefix");
    }
  }

  /**
   * All but the namespace and the file for its pid. Nothing leads in but what is said, and the
   * host's own loopback is out of reach: neither by the gateway's address nor by ports.
   */
  public List<String> words() {
    List<String> words = new ArrayList<>(List.of(PROGRAM, "--quiet", "--config-net"));
    words.addAll(List.of("--ns-ifname", guest, "--ns-mac-addr", mac));
    mtu.ifPresent(bytes -> words.addAll(List.of("--mtu", bytes.toString())));
    device.ifPresent(name -> words.addAll(List.of("--interface", name)));
    for (Address each : addresses) {
      words.addAll(List.of("--address", each.address()));
      each.prefix().ifPresent(bits -> words.addAll(List.of("--netmask", bits.toString())));
    }
    gateway.ifPresent(address -> words.addAll(List.of("--gateway", address)));
    words.addAll(List.of("--no-map-gw", "--dns-forward", SERVER));
    ports(words, "--tcp-ports", tcp);
    ports(words, "--udp-ports", udp);
    words.addAll(List.of("--tcp-ns", "none", "--udp-ns", "none"));
    return words;
  }

  private static void ports(List<String> words, String option, List<String> ports) {
    (ports.isEmpty() ? List.of("none") : ports)
        .forEach(port -> words.addAll(List.of(option, port)));
  }
}
