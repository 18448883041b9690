// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.NetworkDef;
import io.domus.domain.NoSuchNetworkException;
import io.domus.domain.OperationFailedException;
import java.io.IOException;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/** Finds a network by name or by uuid, in this order, as virsh does. */
public final class NetworkLookup {
  private final Driver driver;

  public NetworkLookup(Driver driver) {
    this.driver = driver;
  }

  /** All names: defined or running. */
  public SortedSet<String> names() {
    try {
      TreeSet<String> names = new TreeSet<>(driver.networks().names());
      for (String name : driver.networkStatuses().names()) {
        if (driver.networkStatuses().read(name).isPresent()) {
          names.add(name);
        }
      }
      return names;
    } catch (IOException failure) {
      throw new OperationFailedException("cannot list networks: " + failure.getMessage(), failure);
    }
  }

  /**
   * @throws NoSuchNetworkException if nothing is called so
   */
  public String name(String text) {
    NetworkRecovery.tidy(driver);
    if (NetworkDef.isName(text) && isThere(text)) {
      return text;
    }
    try {
      UUID uuid = UUID.fromString(text);
      NetworkDefinitionReader definitions = new NetworkDefinitionReader(driver);
      return names().stream()
          .filter(name -> definitions.uuid(name).filter(uuid::equals).isPresent())
          .findFirst()
          .orElseThrow(() -> new NoSuchNetworkException(text, names()));
    } catch (IllegalArgumentException noUuid) {
      throw new NoSuchNetworkException(text, names());
    }
  }

  boolean isThere(String name) {
    try {
      return driver.networks().exists(name) || driver.networkStatuses().read(name).isPresent();
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }
}
