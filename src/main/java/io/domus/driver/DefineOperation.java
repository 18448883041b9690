// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainExistsException;
import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** Stores a definition, byte for byte, once it is known to be valid. */
public final class DefineOperation {
  private final Driver driver;

  public DefineOperation(Driver driver) {
    this.driver = driver;
  }

  /**
   * @param file how messages name the source
   * @throws io.domus.domain.InvalidDefinitionException if it is not valid; nothing is then stored
   */
  public Definition run(String file, byte[] bytes) {
    return store(new DefinitionReader(driver).parse(file, bytes), Optional.empty());
  }

  /**
   * The same for the definition of a certain domain that was made from a stored one, if that one is
   * still what is stored.
   *
   * @param before what was stored when the new definition was begun
   * @throws OperationInvalidException if the stored definition has changed since
   */
  public Definition replace(String name, byte[] before, String file, byte[] bytes) {
    Definition definition = new DefinitionReader(driver).parse(file, bytes);
    if (!definition.domain().name().equals(name)) {
      throw new InvalidDefinitionException(
          file
              + ": the file defines domain '"
              + definition.domain().name()
              + "' in place of '"
              + name
              + "'; use domrename to rename a domain");
    }
    return store(definition, Optional.of(before));
  }

  private Definition store(Definition definition, Optional<byte[]> before) {
    String name = definition.domain().name();
    byte[] bytes = definition.bytes();
    try (DomainJob _ = DomainJob.begin(driver, name, "define")) {
      if (before.isPresent()) {
        checkUnchanged(name, before.get());
      }
      checkIdentity(definition);
      if (definition.domain().uuid().isEmpty() && driver.definitions().identity(name).isEmpty()) {
        driver.definitions().writeIdentity(name, UUID.randomUUID());
      }
      if (before.isPresent()) {
        driver.definitions().replace(name, bytes);
      } else {
        driver.definitions().write(name, bytes);
      }
      makePersistent(name);
      driver.events().append(name, "defined", "");
      return definition;
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot define domain '" + name + "': " + failure.getMessage(), failure);
    }
  }

  private void checkUnchanged(String name, byte[] before) throws IOException {
    Optional<byte[]> now = driver.definitions().read(name);
    if (now.isEmpty() || !Arrays.equals(now.get(), before)) {
      throw new OperationInvalidException(
          "the stored definition of domain '" + name + "' has changed meanwhile");
    }
  }

  /** A name stands for one uuid and a uuid for one name, as in libvirt. */
  private void checkIdentity(Definition definition) {
    Optional<UUID> uuid = definition.domain().uuid();
    if (uuid.isEmpty()) {
      return;
    }
    DefinitionReader definitions = new DefinitionReader(driver);
    for (String other : new DomainLookup(driver).names()) {
      Optional<UUID> taken = definitions.uuid(other);
      boolean sameName = other.equals(definition.domain().name());
      if (sameName && taken.isPresent() && !taken.equals(uuid)) {
        throw new DomainExistsException(
            "domain '" + other + "' already exists with uuid " + taken.get());
      }
      if (!sameName && taken.equals(uuid)) {
        throw new DomainExistsException(
            "uuid " + uuid.get() + " already belongs to domain '" + other + "'");
      }
    }
  }

  /** Defining a transient domain that runs keeps it. */
  private void makePersistent(String name) throws IOException {
    var record = driver.statuses().read(name);
    if (record.isPresent() && record.get().transientDomain()) {
      driver.statuses().write(name, record.get().withTransient(false));
    }
  }
}
