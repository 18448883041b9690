// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.NetInterface;
import io.domus.domain.OperationFailedException;
import io.domus.domain.ResourceBusyException;
import io.domus.store.HostNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Chooses names for the host's ends of interfaces. */
final class DeviceNames {
  static final Path DEVICES = Path.of("/sys/class/net");

  /** As libvirt calls them; a definition that has such a name only wishes it. */
  private static final String PREFIX = "vnet";

  private final Driver driver;
  private final Optional<TakenNames> taken;
  private final Set<String> chosen = new HashSet<>();

  private DeviceNames(Driver driver, Optional<TakenNames> taken) {
    this.driver = driver;
    this.taken = taken;
  }

  /** Only says what would be chosen. */
  static DeviceNames looking(Driver driver) {
    return new DeviceNames(driver, Optional.empty());
  }

  static DeviceNames taking(Driver driver, TakenNames taken) {
    return new DeviceNames(driver, Optional.of(taken));
  }

  /**
   * @throws ResourceBusyException if the definition's own name is taken
   */
  String choose(String domain, NetInterface each) {
    try {
      Optional<String> wish = each.target();
      if (wish.isPresent()) {
        Optional<String> obstacle = obstacle(domain, wish.get());
        if (obstacle.isEmpty()) {
          return wish.get();
        }
        if (!isOurs(wish.get())) {
          throw new ResourceBusyException(
              "a network device cannot be called '%s': %s (%s)"
                  .formatted(wish.get(), obstacle.get(), each.origin()));
        }
      }
      int number = 0;
      while (obstacle(domain, PREFIX + number).isPresent()) {
        number++;
      }
      return PREFIX + number;
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }

  /** Whether the host has a device of that name. */
  static boolean isThere(String name) {
    return Files.exists(DEVICES.resolve(name));
  }

  static boolean isOurs(String name) {
    return name.matches(PREFIX + "[0-9]+");
  }

  /** Empty if the name is this domain's now. */
  private Optional<String> obstacle(String domain, String name) throws IOException {
    if (chosen.contains(name)) {
      return Optional.of("another interface is");
    }
    HostNames.Owner me = new HostNames.Owner(driver.layout().home().owner(), domain);
    Optional<HostNames.Owner> held = driver.hostNames().owner(name);
    boolean own = taken.isEmpty() && held.equals(Optional.of(me));
    if (isThere(name) && !own) {
      return Optional.of("there is one");
    }
    Optional<HostNames.Owner> owner =
        taken.isPresent() ? taken.get().take(name) : held.filter(found -> !found.equals(me));
    if (owner.isEmpty()) {
      chosen.add(name);
    }
    return owner.map(found -> "one of " + found.text(driver.layout()) + " is");
  }
}
