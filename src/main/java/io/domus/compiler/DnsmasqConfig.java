// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.domain.NetworkAddressing;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkDhcp;
import io.domus.domain.NetworkDns;
import io.domus.domain.NetworkForward;
import io.domus.domain.NetworkIp;
import io.domus.domain.NetworkPaths;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What dnsmasq reads for a network; hosts are in files beside it, which it sees change. */
final class DnsmasqConfig {
  private static final int NIBBLE = 4;

  private final NetworkDef network;
  private final List<String> lines = new ArrayList<>();

  private DnsmasqConfig(NetworkDef network) {
    this.network = network;
  }

  /** Whether it has anything to do: names, addresses, or a prefix to announce. */
  static boolean isNeeded(NetworkDef network) {
    NetworkAddressing addressing = network.addressing();
    boolean serves =
        addressing.dns().enabled()
            || NetworkSubnets.speaks(network, IpAddress.Family.IPV6)
            || addressing.addresses().stream()
                .anyMatch(ip -> ip.dhcp().isPresent() || ip.tftpRoot().isPresent());
    return serves && !addressing.addresses().isEmpty();
  }

  static String render(NetworkDef network, String bridge, NetworkPaths paths, String user) {
    DnsmasqConfig config = new DnsmasqConfig(network);
    config.add("pid-file=" + quoted(paths.pid()));
    config.add("user=" + user);
    config.add("interface=" + bridge);
    config.add("except-interface=lo");
    config.add("bind-dynamic");
    config.add("strict-order");
    config.dns(paths);
    network.addressing().addresses().forEach(config::address);
    config.dhcp(bridge, paths);
    network.addressing().options().forEach(config::add);
    return String.join("\n", config.lines) + "\n";
  }

  private void add(String line) {
    lines.add(line);
  }

  /** Within quotes dnsmasq takes everything for a part of the value. */
  private static String quoted(Path path) {
    return quoted(path.toString());
  }

  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9_./@:+-]+")
        ? text
        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private void dns(NetworkPaths paths) {
    NetworkAddressing addressing = network.addressing();
    NetworkDns dns = addressing.dns();
    addressing.domain().ifPresent(this::domain);
    if (!dns.enabled()) {
      add("port=0");
      return;
    }
    add("hostsdir=" + quoted(paths.names()));
    boolean closed = network.forward() instanceof NetworkForward.Isolated;
    boolean elsewhere = dns.forwarders().stream().anyMatch(each -> each.domain().isEmpty());
    boolean alone = closed && !elsewhere;
    if (alone || !dns.forwardPlainNames()) {
      add("domain-needed");
    }
    if (!dns.forwardPlainNames()) {
      add("local=//");
    }
    if (alone) {
      // Nobody else can be asked: what a guest has not is not there, and is not refused.
      addressing.domain().map(NetworkAddressing.Domain::name).ifPresent(this::local);
    }
    dns.forwarders().forEach(this::forwarder);
    if (closed || elsewhere) {
      add("no-resolv");
    }
    dns.texts().forEach(this::text);
    dns.services().forEach(this::service);
  }

  private void domain(NetworkAddressing.Domain domain) {
    add("domain=" + domain.name());
    add("expand-hosts");
    if (domain.localOnly()) {
      local(domain.name());
    }
  }

  /** Questions about a domain stay here. */
  private void local(String domain) {
    String line = "local=/" + domain + "/";
    if (!lines.contains(line)) {
      add(line);
    }
  }

  private void forwarder(NetworkDns.Forwarder forwarder) {
    String domain = forwarder.domain().map(name -> "/" + name + "/").orElse("");
    add("server=" + domain + forwarder.address().map(IpAddress::toString).orElse("#"));
  }

  /** Commas part the strings of an answer. */
  private void text(NetworkDns.Text text) {
    List<String> words = new ArrayList<>(List.of(text.name()));
    for (String part : text.value().split(",", -1)) {
      words.add(quoted(part));
    }
    add("txt-record=" + String.join(",", words));
  }

  /** Some write the underscore that every such name begins with, some do not. */
  private void service(NetworkDns.Service service) {
    String name = service.name().startsWith("_") ? service.name() : "_" + service.name();
    StringBuilder line = new StringBuilder("srv-host=").append(name);
    line.append("._").append(service.protocol());
    service.domain().ifPresent(domain -> line.append('.').append(domain));
    service
        .target()
        .ifPresent(
            target -> {
              line.append(',').append(target).append(',').append(service.port().orElse(1));
              line.append(',').append(service.priority().orElse(0));
              line.append(',').append(service.weight().orElse(0));
            });
    add(line.toString());
  }

  private void address(NetworkIp ip) {
    if (ip.localPtr()) {
      reverse(ip.subnet()).ifPresent(zone -> add("local=/" + zone + "/"));
    }
    ip.tftpRoot()
        .ifPresent(
            root -> {
              add("enable-tftp");
              add("tftp-root=" + quoted(Path.of(root)));
            });
    ip.dhcp().ifPresent(dhcp -> server(ip, dhcp));
    boolean six = ip.address().family() == IpAddress.Family.IPV6;
    if (six && ip.dhcp().isEmpty()) {
      add("dhcp-range=" + ip.subnet().first() + ",ra-only," + ip.subnet().prefix());
    }
  }

  /** The zone of a subnet's names, where one zone holds it. */
  private static Optional<String> reverse(IpSubnet subnet) {
    boolean six = subnet.address().family() == IpAddress.Family.IPV6;
    int unit = six ? NIBBLE : 2 * NIBBLE;
    if (subnet.prefix() % unit != 0 || subnet.prefix() == 0) {
      return Optional.empty();
    }
    int bits = subnet.address().family().bits();
    StringBuilder zone = new StringBuilder();
    for (int at = subnet.prefix(); at > 0; at -= unit) {
      int part = subnet.address().value().shiftRight(bits - at).intValue() & ((1 << unit) - 1);
      zone.append(six ? Integer.toHexString(part) : Integer.toString(part)).append('.');
    }
    return Optional.of(zone + (six ? "ip6.arpa" : "in-addr.arpa"));
  }

  private void server(NetworkIp ip, NetworkDhcp dhcp) {
    String size =
        ip.address().family() == IpAddress.Family.IPV6
            ? Integer.toString(ip.subnet().prefix())
            : mask(ip.subnet());
    for (NetworkDhcp.Range range : dhcp.ranges()) {
      add(
          "dhcp-range="
              + range.start()
              + ","
              + range.end()
              + ","
              + size
              + range.lease().map(DnsmasqHosts::time).orElse(""));
    }
    if (dhcp.ranges().isEmpty()) {
      add("dhcp-range=" + ip.subnet().first() + ",static," + size);
    }
    dhcp.boot()
        .ifPresent(
            boot ->
                add(
                    "dhcp-boot="
                        + boot.file()
                        + boot.server().map(server -> ",," + server).orElse("")));
  }

  private static String mask(IpSubnet subnet) {
    BigInteger ones = BigInteger.ONE.shiftLeft(subnet.prefix()).subtract(BigInteger.ONE);
    return new IpAddress(
            IpAddress.Family.IPV4, ones.shiftLeft(IpAddress.Family.IPV4.bits() - subnet.prefix()))
        .toString();
  }

  private void dhcp(String bridge, NetworkPaths paths) {
    boolean six = NetworkSubnets.speaks(network, IpAddress.Family.IPV6);
    boolean dhcp = network.addressing().addresses().stream().anyMatch(ip -> ip.dhcp().isPresent());
    if (!dhcp && !six) {
      return;
    }
    boolean closed = network.forward() instanceof NetworkForward.Isolated;
    if (closed) {
      // There is no way out that could be told of.
      add("dhcp-option=option:router");
    }
    network.bridge().mtu().ifPresent(size -> add("dhcp-option=option:mtu," + size));
    if (six) {
      add("enable-ra");
      if (closed) {
        add("ra-param=" + bridge + ",0,0");
      }
    }
    if (dhcp) {
      add("dhcp-no-override");
      add("dhcp-authoritative");
      add("dhcp-lease-max=" + leases());
      add("dhcp-hostsdir=" + quoted(paths.hosts()));
    }
    add("dhcp-leasefile=" + quoted(paths.leases()));
  }

  /** As many as there are addresses to give. */
  private BigInteger leases() {
    BigInteger all = BigInteger.ZERO;
    for (NetworkIp ip : network.addressing().addresses()) {
      for (NetworkDhcp dhcp : ip.dhcp().stream().toList()) {
        for (NetworkDhcp.Range range : dhcp.ranges()) {
          all = all.add(range.end().value().subtract(range.start().value()).add(BigInteger.ONE));
        }
        all = all.add(BigInteger.valueOf(dhcp.hosts().size()));
      }
    }
    return all.max(BigInteger.valueOf(1000));
  }
}
