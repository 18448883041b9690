// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.IpAddress;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkDhcp;
import io.domus.domain.NetworkDns;
import io.domus.domain.NetworkReservation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who has which address and which name in a network, as dnsmasq reads it from the files of two
 * directories: one file for the definition, and one for each guest that runs. A hardware address is
 * in one line of them all, with every address that goes with it: of two lines dnsmasq takes the
 * first, also for a family of which it says nothing.
 */
public final class DnsmasqHosts {
  /** The file for what the definition says. */
  public static final String DEFINITION = "definition";

  private final NetworkDef network;
  private final List<NetworkReservation> guests;

  /**
   * @param guests those that have gone do not count
   */
  public DnsmasqHosts(NetworkDef network, Collection<NetworkReservation> guests) {
    this.network = network;
    this.guests = guests.stream().filter(NetworkReservation::active).toList();
  }

  /** Lines of {@code dhcp-host}, by file. */
  public Map<String, String> addresses() {
    Map<String, String> files = new LinkedHashMap<>();
    put(files, DEFINITION, definition());
    for (NetworkReservation guest : guests) {
      if (kept(guest.mac()).isEmpty()) {
        put(files, guest.file(), line(List.of(guest.mac()), guest.addresses(), guest.name(), ""));
      }
    }
    return files;
  }

  /** Lines of a hosts file, by file. */
  public Map<String, String> names() {
    Map<String, String> files = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder();
    for (NetworkDns.Host host : network.addressing().dns().hosts()) {
      text.append(host.address()).append(' ').append(String.join(" ", host.names())).append('\n');
    }
    put(files, DEFINITION, text.toString());
    guests.forEach(guest -> put(files, guest.file(), names(guest)));
    return files;
  }

  /** What a guest is called: as its domain, and as the definition calls it. */
  private String names(NetworkReservation guest) {
    Set<String> names = new LinkedHashSet<>(guest.name().stream().toList());
    kept(guest.mac()).stream()
        .flatMap(host -> host.name().stream())
        .filter(name -> names.stream().noneMatch(name::equalsIgnoreCase))
        .forEach(names::add);
    StringBuilder lines = new StringBuilder();
    if (!names.isEmpty()) {
      for (IpAddress address : guest.addresses()) {
        lines.append(address).append(' ').append(String.join(" ", names)).append('\n');
      }
    }
    return lines.toString();
  }

  private String definition() {
    Map<Object, List<NetworkDhcp.Host>> groups = new LinkedHashMap<>();
    for (NetworkDhcp.Host host : hosts()) {
      Object key = host.mac().filter(_ -> host.id().isEmpty()).<Object>map(this::key).orElse(host);
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(host);
    }
    StringBuilder text = new StringBuilder();
    groups.values().forEach(group -> text.append(line(group)));
    return text.toString();
  }

  private String line(List<NetworkDhcp.Host> group) {
    NetworkDhcp.Host first = group.getFirst();
    Optional<NetworkReservation> guest =
        first
            .mac()
            .filter(_ -> first.id().isEmpty())
            .flatMap(mac -> guests.stream().filter(one -> one.mac().equals(key(mac))).findFirst());
    List<IpAddress> addresses =
        guest
            .map(NetworkReservation::addresses)
            .orElseGet(() -> group.stream().map(NetworkDhcp.Host::address).toList());
    Optional<String> name =
        group.stream()
            .flatMap(host -> host.name().stream())
            .findFirst()
            .or(() -> guest.flatMap(NetworkReservation::name));
    List<String> whose = new ArrayList<>();
    first.mac().map(this::key).ifPresent(whose::add);
    first.id().ifPresent(id -> whose.add("id:" + id));
    boolean named = whose.isEmpty();
    first.name().filter(_ -> named).ifPresent(whose::add);
    String time =
        group.stream()
            .flatMap(host -> host.lease().stream())
            .findFirst()
            .map(DnsmasqHosts::time)
            .orElse("");
    return line(whose, addresses, named ? Optional.empty() : name, time);
  }

  private static String line(
      List<String> whose, List<IpAddress> addresses, Optional<String> name, String time) {
    List<String> words = new ArrayList<>(whose);
    for (IpAddress address : addresses) {
      boolean six = address.family() == IpAddress.Family.IPV6;
      words.add(six ? "[" + address + "]" : address.toString());
    }
    name.ifPresent(words::add);
    return String.join(",", words) + time + "\n";
  }

  /** A lease's time at the end of a line. */
  static String time(NetworkDhcp.Lease lease) {
    return lease.time().map(Duration::toSeconds).map(seconds -> "," + seconds).orElse(",infinite");
  }

  /** What the definition says of a guest. */
  private List<NetworkDhcp.Host> kept(String mac) {
    return hosts().stream()
        .filter(host -> host.mac().filter(mac::equalsIgnoreCase).isPresent())
        .toList();
  }

  private List<NetworkDhcp.Host> hosts() {
    return network.addressing().addresses().stream()
        .flatMap(ip -> ip.dhcp().stream())
        .flatMap(dhcp -> dhcp.hosts().stream())
        .toList();
  }

  private String key(String mac) {
    return mac.toLowerCase(Locale.ROOT);
  }

  private static void put(Map<String, String> files, String file, String text) {
    if (!text.isEmpty()) {
      files.put(file, text);
    }
  }
}
