// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.NetworkDef;
import io.domus.domain.NoSuchNetworkException;
import io.domus.domain.OperationFailedException;
import io.domus.store.NetworkIdentity;
import io.domus.store.NetworkRecord;
import io.domus.xml.FaultText;
import io.domus.xml.NetworkReader;
import io.domus.xml.Reading;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Reads definitions of networks: the user's bytes, the stored ones, those of a run. */
public final class NetworkDefinitionReader {
  private final Driver driver;

  public NetworkDefinitionReader(Driver driver) {
    this.driver = driver;
  }

  /**
   * @param file how messages name the source
   * @throws InvalidDefinitionException with every fault, a block of lines each
   */
  public NetworkDefinition parse(String file, byte[] bytes) {
    return driver
        .memory()
        .map(memory -> memory.network(file, bytes, () -> read(file, bytes)))
        .orElseGet(() -> read(file, bytes));
  }

  private static NetworkDefinition read(String file, byte[] bytes) {
    return switch (new NetworkReader().read(XmlSource.of(file, bytes))) {
      case Reading.Valid<NetworkDef> valid ->
          new NetworkDefinition(
              valid.definition(), bytes, valid.faults().stream().map(FaultText::render).toList());
      case Reading.Invalid<NetworkDef> invalid ->
          throw new InvalidDefinitionException(FaultText.render(invalid.faults()));
    };
  }

  /** The stored definition as it is now, with what was chosen where it says nothing. */
  public NetworkDefinition stored(String name) {
    try {
      byte[] bytes =
          driver.networks().read(name).orElseThrow(() -> new NoSuchNetworkException(name));
      String file = driver.layout().network(name).definition().toString();
      NetworkDefinition definition = parse(file, bytes);
      String other = definition.network().name();
      if (!other.equals(name)) {
        throw new InvalidDefinitionException(
            "%s:%d: error: the file defines network '%s'"
                .formatted(file, definition.network().origin().line(), other));
      }
      Optional<NetworkIdentity> identity = driver.networks().identity(name);
      return identity.map(chosen -> with(definition, chosen)).orElse(definition);
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot read the definition of network '" + name + "': " + failure.getMessage(), failure);
    }
  }

  static NetworkDefinition with(NetworkDefinition definition, NetworkIdentity identity) {
    return new NetworkDefinition(
        definition.network().withIdentity(identity.uuid(), identity.bridge(), identity.mac()),
        definition.bytes(),
        definition.warnings());
  }

  /** What a run was started from, or was changed to. */
  public NetworkDefinition recorded(String name, NetworkRecord record) {
    String file = driver.layout().network(name).definition().toString();
    byte[] bytes = Base64.getDecoder().decode(record.definition());
    return with(parse(file, bytes), record.identity());
  }

  /** What the network runs from, or would run from if it were started now. */
  public NetworkDefinition present(String name) {
    try {
      Optional<NetworkRecord> record = driver.networkStatuses().read(name);
      return record.map(run -> recorded(name, run)).orElseGet(() -> stored(name));
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }

  /** Empty if it cannot be told. */
  public Optional<UUID> uuid(String name) {
    try {
      return present(name).network().uuid();
    } catch (InvalidDefinitionException | NoSuchNetworkException unreadable) {
      return Optional.empty();
    }
  }
}
