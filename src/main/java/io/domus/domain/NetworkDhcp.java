// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@code <dhcp>}: the addresses that guests are given. */
public record NetworkDhcp(List<Range> ranges, List<Host> hosts, Optional<Boot> boot) {
  /** dnsmasq takes the next number for ever. */
  private static final long MOST_SECONDS = 0xFFFF_FFFEL;

  /** For whoever asks. */
  public record Range(IpAddress start, IpAddress end, Optional<Lease> lease) {
    public Range {
      Objects.requireNonNull(lease, "lease");
      if (start.family() != end.family() || start.compareTo(end) > 0) {
        throw new IllegalArgumentException("no range: " + start + " " + end);
      }
    }
  }

  /**
   * For one guest.
   *
   * @param id a DUID, for IPv6
   */
  public record Host(
      Optional<String> mac,
      Optional<String> id,
      Optional<String> name,
      IpAddress address,
      Optional<Lease> lease) {
    public Host {
      Objects.requireNonNull(mac, "mac");
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(address, "address");
      Objects.requireNonNull(lease, "lease");
      if (mac.isEmpty() && id.isEmpty() && name.isEmpty()) {
        throw new IllegalArgumentException("nobody is to have " + address);
      }
    }
  }

  /**
   * How long.
   *
   * @param expiry 0 for ever
   */
  public record Lease(long expiry, Unit unit) {
    /** What is counted. */
    public enum Unit {
      SECONDS(1),
      MINUTES(60),
      HOURS(3600);

      private final long seconds;

      Unit(long seconds) {
        this.seconds = seconds;
      }
    }

    public Lease {
      if (!isLease(expiry, unit)) {
        throw new IllegalArgumentException("no lease time: " + expiry + " " + unit);
      }
    }

    /** Two minutes at least. */
    public static boolean isLease(long expiry, Unit unit) {
      boolean fits = expiry >= 0 && expiry <= MOST_SECONDS / unit.seconds;
      return fits && (expiry == 0 || expiry * unit.seconds >= 120);
    }

    /** Empty for ever. */
    public Optional<Duration> time() {
      return expiry == 0
          ? Optional.empty()
          : Optional.of(Duration.ofSeconds(expiry * unit.seconds));
    }
  }

  /**
   * What guests boot from.
   *
   * @param server empty if it is the host
   */
  public record Boot(String file, Optional<String> server) {
    public Boot {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(server, "server");
    }
  }

  public NetworkDhcp {
    ranges = List.copyOf(ranges);
    hosts = List.copyOf(hosts);
    Objects.requireNonNull(boot, "boot");
  }

  void checkWithin(IpSubnet subnet) {
    for (Range range : ranges) {
      if (!subnet.contains(range.start()) || !subnet.contains(range.end())) {
        throw new IllegalArgumentException("range outside of " + subnet + ": " + range.start());
      }
    }
    for (Host host : hosts) {
      if (!subnet.contains(host.address())) {
        throw new IllegalArgumentException("host outside of " + subnet + ": " + host.address());
      }
    }
  }
}
