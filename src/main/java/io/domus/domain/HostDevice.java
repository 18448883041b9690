// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@code <hostdev>}: a device of the host that the guest gets. */
public sealed interface HostDevice {
  Origin origin();

  /** The device node that it is, on the host and in the guest. */
  default Optional<Path> node() {
    return switch (this) {
      case Storage storage -> Optional.of(Path.of(storage.path));
      case Character character -> Optional.of(Path.of(character.path));
      case Usb usb -> Optional.of(Path.of("/dev/bus/usb/%03d/%03d".formatted(usb.bus, usb.device)));
      case Link _ -> Optional.empty();
    };
  }

  /**
   * {@code mode='capabilities' type='storage'}.
   *
   * @param path the device on the host, which the guest finds at the same place
   */
  record Storage(String path, Origin origin) implements HostDevice {
    public Storage {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(origin, "origin");
    }
  }

  /**
   * {@code mode='capabilities' type='misc'}.
   *
   * @param path the device on the host, which the guest finds at the same place
   */
  record Character(String path, Origin origin) implements HostDevice {
    public Character {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(origin, "origin");
    }
  }

  /**
   * {@code mode='capabilities' type='net'}.
   *
   * @param link the host's network device, which moves into the guest
   */
  record Link(
      String link,
      List<NetInterface.Address> addresses,
      List<NetInterface.Route> routes,
      Origin origin)
      implements HostDevice {
    public Link {
      Objects.requireNonNull(link, "link");
      addresses = List.copyOf(addresses);
      routes = List.copyOf(routes);
      Objects.requireNonNull(origin, "origin");
    }
  }

  /**
   * {@code mode='subsystem' type='usb'} by its address.
   *
   * @param bus from 1, as in {@code /dev/bus/usb/BUS/DEVICE}
   */
  record Usb(int bus, int device, Origin origin) implements HostDevice {
    public Usb {
      Objects.requireNonNull(origin, "origin");
    }
  }
}
