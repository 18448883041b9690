// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** {@code <forward>}: how a network is connected to others. */
public sealed interface NetworkForward {
  /** An own bridge without a way out; there is no such element. */
  record Isolated() implements NetworkForward {}

  /**
   * An own bridge whose guests appear outside with an address of the host.
   *
   * @param way the only way out, if there is one
   * @param addresses what the guests' addresses are replaced by
   * @param ipv6 whether that is done for IPv6 too
   */
  record Nat(
      Optional<Device> way,
      Optional<AddressRange> addresses,
      Optional<PortRange> ports,
      boolean ipv6)
      implements NetworkForward {
    public Nat {
      Objects.requireNonNull(way, "way");
      Objects.requireNonNull(addresses, "addresses");
      Objects.requireNonNull(ports, "ports");
    }

    /** The name of the way out. */
    public Optional<String> device() {
      return way.map(Device::name);
    }
  }

  /**
   * An own bridge whose guests are seen outside with their own addresses.
   *
   * @param way the only way out, if there is one
   */
  record Route(Optional<Device> way) implements NetworkForward {
    public Route {
      Objects.requireNonNull(way, "way");
    }

    /** The name of the way out. */
    public Optional<String> device() {
      return way.map(Device::name);
    }
  }

  /** As route, but nothing is filtered. */
  record Open() implements NetworkForward {}

  /** A bridge that the host has anyway. */
  record HostBridge() implements NetworkForward {}

  /** Devices on top of those of the host. */
  record Direct(Mode mode, Devices devices) implements NetworkForward {
    /** How such devices see each other. */
    public enum Mode {
      BRIDGE,
      PRIVATE,
      VEPA,
      PASSTHROUGH
    }

    public Direct {
      Objects.requireNonNull(mode, "mode");
      Objects.requireNonNull(devices, "devices");
    }
  }

  /**
   * PCI devices, which containers cannot use: kept for round trips.
   *
   * @param driver the attributes of {@code <driver>}
   */
  record HostDevices(
      boolean managed,
      Optional<Driver> driver,
      Optional<String> physicalFunction,
      List<PciAddress> addresses,
      Origin origin)
      implements NetworkForward {
    public HostDevices {
      Objects.requireNonNull(driver, "driver");
      Objects.requireNonNull(physicalFunction, "physicalFunction");
      addresses = List.copyOf(addresses);
      Objects.requireNonNull(origin, "origin");
    }
  }

  /** The driver of PCI devices. */
  record Driver(Optional<String> name, Optional<String> model) {
    public Driver {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(model, "model");
    }
  }

  /** A device of the host. */
  record Device(String name, Origin origin) {
    public Device {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(origin, "origin");
    }
  }

  /** Devices of the host, by name or by their physical function; not both. */
  record Devices(List<Device> links, Optional<Device> function) {
    public Devices {
      links = List.copyOf(links);
      Objects.requireNonNull(function, "function");
      if (function.isPresent() && !links.isEmpty()) {
        throw new IllegalArgumentException("devices by name and by function");
      }
    }

    public List<String> names() {
      return links.stream().map(Device::name).toList();
    }

    /** The name of the physical function. */
    public Optional<String> physicalFunction() {
      return function.map(Device::name);
    }
  }

  /** IPv4 addresses, the first and the last of them. */
  record AddressRange(IpAddress start, IpAddress end) {
    public AddressRange {
      if (start.family() != IpAddress.Family.IPV4 || end.family() != start.family()) {
        throw new IllegalArgumentException("addresses of IPv6: " + start + " " + end);
      }
      if (start.compareTo(end) > 0) {
        throw new IllegalArgumentException("no range: " + start + " " + end);
      }
    }
  }

  /** The first and the last port. */
  record PortRange(int start, int end) {
    public PortRange {
      if (start < 1 || end > 65535 || start > end) {
        throw new IllegalArgumentException("no ports: " + start + " " + end);
      }
    }
  }

  /** {@code domain:bus:slot.function}. */
  record PciAddress(long domain, long bus, long slot, long function) {}

  /** The value of {@code mode}; empty for an isolated network, which has none. */
  default Optional<String> modeText() {
    return switch (this) {
      case Isolated isolated -> Optional.empty();
      case Nat nat -> Optional.of("nat");
      case Route route -> Optional.of("route");
      case Open open -> Optional.of("open");
      case HostBridge bridge -> Optional.of("bridge");
      case Direct direct -> Optional.of(direct.mode().name().toLowerCase(Locale.ROOT));
      case HostDevices devices -> Optional.of("hostdev");
    };
  }

  /** Whether the network has a bridge that is made for it, with addresses and names. */
  default boolean ownsBridge() {
    return switch (this) {
      case Isolated isolated -> true;
      case Nat nat -> true;
      case Route route -> true;
      case Open open -> true;
      case HostBridge bridge -> false;
      case Direct direct -> false;
      case HostDevices devices -> false;
    };
  }
}
