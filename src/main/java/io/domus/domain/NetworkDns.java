// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code <dns>}: the names that guests can ask for.
 *
 * @param enabled false if there is no server; then there is nothing else
 * @param forwardPlainNames whether questions for names without a dot are passed on
 */
public record NetworkDns(
    boolean enabled,
    boolean forwardPlainNames,
    List<Forwarder> forwarders,
    List<Text> texts,
    List<Service> services,
    List<Host> hosts) {
  public static final NetworkDns DEFAULT =
      new NetworkDns(true, true, List.of(), List.of(), List.of(), List.of());

  /** Where questions are passed on to; one of both at least. */
  public record Forwarder(Optional<String> domain, Optional<IpAddress> address) {
    public Forwarder {
      if (domain.isEmpty() && address.isEmpty()) {
        throw new IllegalArgumentException("a forwarder to nowhere");
      }
    }
  }

  /** A TXT record. */
  public record Text(String name, String value) {
    public Text {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * An SRV record.
   *
   * @param domain empty for that of the network
   * @param target empty if nobody offers the service; then so are the numbers
   */
  public record Service(
      String name,
      String protocol,
      Optional<String> domain,
      Optional<String> target,
      Optional<Integer> port,
      Optional<Integer> priority,
      Optional<Integer> weight) {
    public Service {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(protocol, "protocol");
      Objects.requireNonNull(domain, "domain");
      if (target.isEmpty() && (port.isPresent() || priority.isPresent() || weight.isPresent())) {
        throw new IllegalArgumentException("numbers of no host: " + name);
      }
    }
  }

  /** The names of an address. */
  public record Host(IpAddress address, List<String> names) {
    public Host {
      Objects.requireNonNull(address, "address");
      names = List.copyOf(names);
      if (names.isEmpty()) {
        throw new IllegalArgumentException("no name of " + address);
      }
    }
  }

  public NetworkDns {
    forwarders = List.copyOf(forwarders);
    texts = List.copyOf(texts);
    services = List.copyOf(services);
    hosts = List.copyOf(hosts);
    boolean records =
        !forwarders.isEmpty() || !texts.isEmpty() || !services.isEmpty() || !hosts.isEmpty();
    if (!enabled && records) {
      throw new IllegalArgumentException("records of no server");
    }
  }
}
