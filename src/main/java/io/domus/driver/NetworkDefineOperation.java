// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.store.NetworkRecord;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Stores the definition of a network, byte for byte, once it is known to be valid. */
public final class NetworkDefineOperation {
  private static final byte[] NOTHING = {};

  private final Driver driver;

  public NetworkDefineOperation(Driver driver) {
    this.driver = driver;
  }

  /**
   * A network that runs goes on as it is until it is started anew.
   *
   * @param file how messages name the source
   * @throws InvalidDefinitionException if it is not valid; nothing is then stored
   */
  public NetworkDefinition run(String file, byte[] bytes) {
    NetworkDefinition definition = new NetworkDefinitionReader(driver).parse(file, bytes);
    String name = definition.network().name();
    try (NetworkJob _ = NetworkJob.begin(driver, cannot(name))) {
      store(definition);
      return definition;
    } catch (IOException failure) {
      throw new OperationFailedException(cannot(name) + ": " + failure.getMessage(), failure);
    }
  }

  /**
   * The same for the definition of a certain network that was made from the stored one, if that one
   * is still what is stored.
   *
   * @param before what was stored when the new definition was begun; empty if nothing was
   * @throws OperationInvalidException if the stored definition has changed since
   */
  public NetworkDefinition replace(
      String name, Optional<byte[]> before, String file, byte[] bytes) {
    NetworkDefinition definition = new NetworkDefinitionReader(driver).parse(file, bytes);
    String other = definition.network().name();
    if (!other.equals(name)) {
      throw new InvalidDefinitionException(
          "%s:%d: error: the file defines network '%s' in place of '%s'"
              .formatted(file, definition.network().origin().line(), other, name));
    }
    try (NetworkJob _ = NetworkJob.begin(driver, cannot(name))) {
      byte[] now = driver.networks().read(name).orElse(NOTHING);
      if (!Arrays.equals(now, before.orElse(NOTHING))) {
        throw new OperationInvalidException(
            "the stored definition of network '" + name + "' has changed meanwhile");
      }
      store(definition);
      return definition;
    } catch (IOException failure) {
      throw new OperationFailedException(cannot(name) + ": " + failure.getMessage(), failure);
    }
  }

  /** The lock of the networks is held. */
  void store(NetworkDefinition definition) throws IOException {
    String name = definition.network().name();
    NetworkIdentities identities = new NetworkIdentities(driver);
    identities.check(definition);
    identities.of(definition.network());
    driver.networks().write(name, definition.bytes());
    Optional<NetworkRecord> run = driver.networkStatuses().read(name);
    if (run.filter(NetworkRecord::transientNetwork).isPresent()) {
      driver.networkStatuses().write(name, run.get().withTransient(false));
    }
    driver.events().appendNetwork(name, "defined", "");
  }

  private static String cannot(String name) {
    return "cannot define network '" + name + "'";
  }
}
