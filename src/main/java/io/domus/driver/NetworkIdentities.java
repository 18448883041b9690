// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkExistsException;
import io.domus.store.NetworkIdentity;
import io.domus.xml.DefinitionEdit;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Chooses what a definition does not say: uuid, MAC address and bridge, once and for all. The lock
 * of the networks is held.
 */
final class NetworkIdentities {
  private static final int ROOT_DIGITS = 6;

  private final Driver driver;

  NetworkIdentities(Driver driver) {
    this.driver = driver;
  }

  /** What was chosen before, or is chosen now. */
  NetworkIdentity of(NetworkDef network) throws IOException {
    Optional<NetworkIdentity> before = driver.networks().identity(network.name());
    NetworkIdentity identity = choose(network, before);
    if (!before.equals(Optional.of(identity))) {
      driver.networks().writeIdentity(network.name(), identity);
    }
    return identity;
  }

  /** The same without keeping it. */
  NetworkIdentity rehearse(NetworkDef network) throws IOException {
    return choose(network, driver.networks().identity(network.name()));
  }

  private NetworkIdentity choose(NetworkDef network, Optional<NetworkIdentity> before)
      throws IOException {
    boolean bridge = network.forward().ownsBridge() && network.bridge().name().isEmpty();
    if (before.isPresent() && (!bridge || before.get().bridge().isPresent())) {
      return before.get();
    }
    return new NetworkIdentity(
        before.map(NetworkIdentity::uuid).or(network::uuid).orElseGet(UUID::randomUUID),
        before.map(NetworkIdentity::mac).orElseGet(NetworkIdentities::mac),
        bridge ? Optional.of(freeName()) : before.flatMap(NetworkIdentity::bridge));
  }

  /** In the range that virtual machines have by custom. */
  private static String mac() {
    byte[] random = new byte[3];
    new SecureRandom().nextBytes(random);
    return "52:54:00:%02x:%02x:%02x".formatted(random[0], random[1], random[2]);
  }

  /** Such as {@code dom0}; other roots than the system's have theirs in the name. */
  private String freeName() throws IOException {
    Set<String> taken = new TreeSet<>();
    if (Files.isDirectory(DeviceNames.DEVICES)) {
      try (Stream<Path> devices = Files.list(DeviceNames.DEVICES)) {
        devices.forEach(device -> taken.add(device.getFileName().toString()));
      }
    }
    for (String name : new NetworkLookup(driver).names()) {
      driver.networks().identity(name).flatMap(NetworkIdentity::bridge).ifPresent(taken::add);
      bridge(name).ifPresent(taken::add);
    }
    String id = driver.layout().id();
    String prefix =
        driver.layout().isSystem()
            ? "dom"
            : "dom" + id.substring(0, Math.min(ROOT_DIGITS, id.length())) + "-";
    int number = 0;
    while (taken.contains(prefix + number)) {
      number++;
    }
    return prefix + number;
  }

  private Optional<String> bridge(String name) {
    try {
      NetworkDef network = new NetworkDefinitionReader(driver).present(name).network();
      return network.forward().ownsBridge() ? network.bridge().name() : Optional.empty();
    } catch (InvalidDefinitionException unreadable) {
      return Optional.empty();
    }
  }

  private static String at(NetworkDefinition definition) {
    String file = definition.network().origin().file();
    return DefinitionEdit.origin(XmlSource.of(file, definition.bytes()), "uuid").inParentheses();
  }

  /** A name stands for one uuid and a uuid for one name; and no two networks share a bridge. */
  void check(NetworkDefinition definition) {
    NetworkDef network = definition.network();
    NetworkDefinitionReader definitions = new NetworkDefinitionReader(driver);
    for (String other : new NetworkLookup(driver).names()) {
      Optional<UUID> taken = definitions.uuid(other);
      boolean same = other.equals(network.name());
      if (same
          && network.uuid().isPresent()
          && taken.isPresent()
          && !taken.equals(network.uuid())) {
        throw new NetworkExistsException(
            "network '" + other + "' already exists with uuid " + taken.get() + at(definition));
      }
      if (!same && network.uuid().isPresent() && taken.equals(network.uuid())) {
        throw new NetworkExistsException(
            "uuid %s already belongs to network '%s'%s"
                .formatted(taken.get(), other, at(definition)));
      }
      boolean own = network.forward().ownsBridge() && network.bridge().name().isPresent();
      if (!same && own && bridge(other).equals(network.bridge().name())) {
        throw new NetworkExistsException(
            "bridge "
                + network.bridge().name().get()
                + " already belongs to network '"
                + other
                + "'"
                + network.bridge().origin().inParentheses());
      }
    }
  }
}
