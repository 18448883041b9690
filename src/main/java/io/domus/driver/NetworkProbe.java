// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.compiler.ForwardingCompiler;
import io.domus.compiler.NetworkFacts;
import io.domus.compiler.VlanTags;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.tool.Command;
import io.domus.tool.CommandResult;
import io.domus.tool.Ip;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Gathers, once an operation, what the compiler of networks may know. Changes nothing. */
final class NetworkProbe {
  private static final Path IPV6 = Path.of("/proc/sys/net/ipv6/conf");
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String LOOPBACK = "lo";

  private final Driver driver;

  NetworkProbe(Driver driver) {
    this.driver = driver;
  }

  /**
   * @param name of the network that they are for
   */
  NetworkFacts facts(String name) throws IOException {
    if (HostTools.find("ip").isEmpty()) {
      throw new ConfigUnsupportedException("iproute2 is not installed (no ip)");
    }
    boolean ipv6 = Files.isDirectory(IPV6);
    List<Map<String, Object>> four = list(Ip.routes(false));
    List<Map<String, Object>> six = ipv6 ? list(Ip.routes(true)) : List.of();
    Map<IpAddress.Family, NetworkFacts.Forwarding> forwarding =
        new EnumMap<>(IpAddress.Family.class);
    forwarding.put(IpAddress.Family.IPV4, forwarding(IpAddress.Family.IPV4, name, List.of()));
    forwarding.put(IpAddress.Family.IPV6, forwarding(IpAddress.Family.IPV6, name, announced(six)));
    List<NetworkFacts.Route> routes = new ArrayList<>();
    four.forEach(entry -> route(entry, IpAddress.Family.IPV4).ifPresent(routes::add));
    six.forEach(entry -> route(entry, IpAddress.Family.IPV6).ifPresent(routes::add));
    return new NetworkFacts(ipv6, hasResolver(), dnsmasqUser(), forwarding, links(), routes);
  }

  private List<Map<String, Object>> list(Command command) throws IOException {
    CommandResult result = driver.runner().run(command, LIMIT);
    if (!result.succeeded()) {
      throw new IOException(result.complaint());
    }
    String text = result.stdout().strip();
    List<Map<String, Object>> list = new ArrayList<>();
    for (Object item : text.isEmpty() ? List.of() : JSON.std.listFrom(text)) {
      list.add(tree(item));
    }
    return list;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> tree(Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private Map<String, NetworkFacts.Link> links() throws IOException {
    Map<String, NetworkFacts.Link> links = new TreeMap<>();
    for (Map<String, Object> entry : list(Ip.addresses())) {
      if (!(entry.get("ifname") instanceof String name)) {
        continue;
      }
      Map<String, Object> info = tree(entry.get("linkinfo"));
      links.put(
          name,
          new NetworkFacts.Link(
              name,
              Optional.ofNullable((String) info.get("info_kind")),
              Optional.ofNullable((String) entry.get("ifalias")),
              vlans(tree(info.get("info_data"))),
              name.equals(LOOPBACK) ? List.of() : addresses(entry.get("addr_info"))));
    }
    return links;
  }

  /** A kernel that cannot tell of a protocol of tags says that filtering is off all the same. */
  private static VlanTags vlans(Map<String, Object> bridge) {
    if (!bridge.containsKey("vlan_protocol")) {
      return VlanTags.UNKNOWN;
    }
    return Integer.valueOf(1).equals(bridge.get("vlan_filtering"))
        ? VlanTags.HEEDED
        : VlanTags.IGNORED;
  }

  /** Those that reach beyond their link. */
  private static List<IpSubnet> addresses(Object list) {
    List<IpSubnet> addresses = new ArrayList<>();
    for (Object item : list instanceof List<?> items ? items : List.of()) {
      Map<String, Object> entry = tree(item);
      boolean beyond = !"link".equals(entry.get("scope"));
      Optional<IpAddress> address =
          entry.get("local") instanceof String text ? IpAddress.parse(text) : Optional.empty();
      if (beyond && address.isPresent() && entry.get("prefixlen") instanceof Integer prefix) {
        addresses.add(new IpSubnet(address.get(), prefix));
      }
    }
    return addresses;
  }

  /** Not those of addresses of the host's own. */
  private static Optional<NetworkFacts.Route> route(
      Map<String, Object> entry, IpAddress.Family family) {
    boolean own = "kernel".equals(entry.get("protocol"));
    if (own
        || !(entry.get("dst") instanceof String text)
        || !(entry.get("dev") instanceof String device)) {
      return Optional.empty();
    }
    long metric = entry.get("metric") instanceof Number number ? number.longValue() : 0;
    if (text.equals("default")) {
      IpSubnet everywhere = new IpSubnet(new IpAddress(family, BigInteger.ZERO), 0);
      return Optional.of(new NetworkFacts.Route(everywhere, device, metric));
    }
    int slash = text.indexOf('/');
    return IpAddress.parse(slash < 0 ? text : text.substring(0, slash))
        .map(
            address ->
                new NetworkFacts.Route(
                    new IpSubnet(
                        address,
                        slash < 0
                            ? address.family().bits()
                            : Integer.parseInt(text.substring(slash + 1))),
                    device,
                    metric));
  }

  /** Devices whose default route goes once the host forwards. */
  private static List<String> announced(List<Map<String, Object>> routes) throws IOException {
    List<String> devices = new ArrayList<>();
    for (Map<String, Object> entry : routes) {
      boolean announced = "default".equals(entry.get("dst")) && "ra".equals(entry.get("protocol"));
      if (announced && entry.get("dev") instanceof String device) {
        boolean kept = read(IPV6.resolve(device).resolve("accept_ra")).equals(Optional.of("2"));
        if (!kept) {
          devices.add(device);
        }
      }
    }
    return devices;
  }

  private NetworkFacts.Forwarding forwarding(
      IpAddress.Family family, String name, List<String> fragile) throws IOException {
    boolean on =
        read(ForwardingCompiler.setting(family)).filter(value -> !value.equals("0")).isPresent();
    return new NetworkFacts.Forwarding(
        on, read(ForwardingCompiler.former(family)), isNeeded(family, name), fragile);
  }

  private boolean isNeeded(IpAddress.Family family, String name) throws IOException {
    Path mine = ForwardingCompiler.user(driver.layout().id(), name);
    try (Stream<Path> users = Files.list(ForwardingCompiler.USERS)) {
      for (Path user : users.toList()) {
        boolean other = !user.equals(mine) && !user.getFileName().toString().startsWith(".");
        if (other && read(user).filter(text -> text.contains(family.text())).isPresent()) {
          return true;
        }
      }
      return false;
    } catch (NoSuchFileException none) {
      return false;
    }
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  private static boolean hasResolver() {
    return HostTools.find("resolvectl").isPresent()
        && Files.isDirectory(Path.of("/run/systemd/resolve"));
  }

  private static String dnsmasqUser() throws IOException {
    boolean own =
        read(Path.of("/etc/passwd"))
            .filter(text -> text.lines().anyMatch(line -> line.startsWith("dnsmasq:")))
            .isPresent();
    return own ? "dnsmasq" : "nobody";
  }
}
