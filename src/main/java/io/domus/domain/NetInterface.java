// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A network interface as the definition says it.
 *
 * @param type {@code network}, {@code bridge}, {@code direct}, {@code ethernet} or {@code hostdev}
 * @param source the attributes of {@code <source>}, by name
 * @param target the host side's device name
 * @param guest the guest side's device name
 * @param mtu bytes
 * @param linkUp what {@code <link state>} says
 */
public record NetInterface(
    String type,
    Optional<String> mac,
    Map<String, String> source,
    Optional<String> target,
    Optional<String> guest,
    List<Address> addresses,
    List<Route> routes,
    Optional<Integer> mtu,
    Optional<Boolean> linkUp,
    Optional<Rate> inbound,
    Optional<Rate> outbound,
    List<Publish> published,
    HostSide hostSide,
    Origin origin) {
  /** An address inside the guest. */
  public record Address(
      String family,
      String address,
      Optional<Integer> prefix,
      Optional<String> peer,
      Origin origin) {
    /** One that no file mentions. */
    public Address(String family, String address, Optional<Integer> prefix, Optional<String> peer) {
      this(family, address, prefix, peer, Origin.NONE);
    }

    public Address {
      Objects.requireNonNull(family, "family");
      Objects.requireNonNull(address, "address");
      Objects.requireNonNull(prefix, "prefix");
      Objects.requireNonNull(peer, "peer");
      Objects.requireNonNull(origin, "origin");
    }
  }

  /** A route inside the guest. */
  public record Route(
      String family,
      String address,
      Optional<Integer> prefix,
      Optional<String> netmask,
      String gateway,
      Optional<Integer> metric,
      Origin origin) {
    /** One that no file mentions. */
    public Route(
        String family,
        String address,
        Optional<Integer> prefix,
        Optional<String> netmask,
        String gateway,
        Optional<Integer> metric) {
      this(family, address, prefix, netmask, gateway, metric, Origin.NONE);
    }

    public Route {
      Objects.requireNonNull(family, "family");
      Objects.requireNonNull(address, "address");
      Objects.requireNonNull(prefix, "prefix");
      Objects.requireNonNull(netmask, "netmask");
      Objects.requireNonNull(gateway, "gateway");
      Objects.requireNonNull(metric, "metric");
      Objects.requireNonNull(origin, "origin");
    }

    /**
     * Where it leads.
     *
     * @throws IllegalArgumentException if the texts are no addresses, which no document says
     */
    public IpSubnet subnet() {
      IpAddress first = parse(address);
      Optional<Integer> mask =
          netmask.map(text -> IpSubnet.prefixOfMask(parse(text)).orElseThrow());
      boolean all = first.value().signum() == 0;
      int bits = prefix.or(() -> mask).orElseGet(() -> all ? 0 : IpSubnet.defaultPrefix(first));
      return new IpSubnet(first, bits);
    }

    private static IpAddress parse(String text) {
      return IpAddress.parse(text.strip())
          .orElseThrow(() -> new IllegalArgumentException("no address: " + text));
    }
  }

  /** A host port that leads to a port of the guest. */
  public record Publish(
      String protocol, Optional<String> address, int host, int guest, Origin origin) {
    /** One that no file mentions. */
    public Publish(String protocol, Optional<String> address, int host, int guest) {
      this(protocol, address, host, guest, Origin.NONE);
    }

    public Publish {
      Objects.requireNonNull(protocol, "protocol");
      Objects.requireNonNull(address, "address");
      Objects.requireNonNull(origin, "origin");
    }

    /** The same wherever it was said: what two of one meaning are alike in. */
    public Publish anywhere() {
      return new Publish(protocol, address, host, guest);
    }
  }

  public NetInterface {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(mac, "mac");
    source = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(source));
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(guest, "guest");
    addresses = List.copyOf(addresses);
    routes = List.copyOf(routes);
    Objects.requireNonNull(mtu, "mtu");
    Objects.requireNonNull(linkUp, "linkUp");
    Objects.requireNonNull(inbound, "inbound");
    Objects.requireNonNull(outbound, "outbound");
    published = List.copyOf(published);
    Objects.requireNonNull(hostSide, "hostSide");
    Objects.requireNonNull(origin, "origin");
  }

  public NetInterface withMac(String address) {
    return with(Optional.of(address), target, guest, addresses, inbound, outbound);
  }

  /** With names for the devices on both sides. */
  public NetInterface withDevices(Optional<String> host, Optional<String> inside) {
    return with(mac, host, inside, addresses, inbound, outbound);
  }

  public NetInterface withAddresses(List<Address> others) {
    return with(mac, target, guest, others, inbound, outbound);
  }

  public NetInterface withLimits(Optional<Rate> in, Optional<Rate> out) {
    return with(mac, target, guest, addresses, in, out);
  }

  private NetInterface with(
      Optional<String> otherMac,
      Optional<String> otherTarget,
      Optional<String> otherGuest,
      List<Address> otherAddresses,
      Optional<Rate> otherInbound,
      Optional<Rate> otherOutbound) {
    return new NetInterface(
        type,
        otherMac,
        source,
        otherTarget,
        otherGuest,
        otherAddresses,
        routes,
        mtu,
        linkUp,
        otherInbound,
        otherOutbound,
        published,
        hostSide,
        origin);
  }
}
