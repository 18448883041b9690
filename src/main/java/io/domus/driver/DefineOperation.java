// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainExistsException;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.xml.DefinitionEdit;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** Stores a definition, byte for byte, once it is known to be valid. */
public final class DefineOperation {
  private static final byte[] NOTHING = {};

  private final Driver driver;

  public DefineOperation(Driver driver) {
    this.driver = driver;
  }

  /**
   * @param file how messages name the source
   * @throws io.domus.domain.InvalidDefinitionException if it is not valid; nothing is then stored
   */
  public Definition run(String file, byte[] bytes) {
    return store(file, new DefinitionReader(driver).parse(file, bytes), Optional.empty());
  }

  /** Checks what {@link #run} checks of the document and its circle, and changes nothing. */
  public Definition rehearse(String file, byte[] bytes) {
    Definition definition = new DefinitionReader(driver).parse(file, bytes);
    StartCycleGate.check(driver, file, definition);
    return new StartOutlook(driver).on(file, definition);
  }

  /**
   * The same for the definition of a certain domain that was made from a stored one, if that one is
   * still what is stored.
   *
   * @param before what was stored when the new definition was begun; empty if nothing was
   * @throws OperationInvalidException if the stored definition has changed since
   */
  public Definition replace(String name, Optional<byte[]> before, String file, byte[] bytes) {
    Definition definition = new DefinitionReader(driver).parse(file, bytes);
    String other = definition.domain().name();
    if (!other.equals(name)) {
      throw DefinitionReader.misnamed(
          file,
          bytes,
          "the file defines domain '"
              + other
              + "' in place of '"
              + name
              + "'; use domrename to rename a domain");
    }
    return store(file, definition, Optional.of(new Expected(before)));
  }

  /**
   * What is to be replaced.
   *
   * @param stored empty for nothing
   */
  private record Expected(Optional<byte[]> stored) {}

  private Definition store(String file, Definition definition, Optional<Expected> expected) {
    String name = definition.domain().name();
    try (DomainJob _ = DomainJob.begin(driver, name, "define")) {
      if (expected.isPresent()) {
        checkUnchanged(name, expected.get().stored());
      }
      checkIdentity(file, definition);
      StartCycleGate.check(driver, file, definition);
      keepIdentity(definition);
      boolean known = driver.definitions().exists(name);
      if (expected.isPresent() && known) {
        driver.definitions().replace(name, definition.bytes());
      } else {
        driver.definitions().write(name, definition.bytes());
      }
      makePersistent(name);
      driver
          .events()
          .append(
              name,
              new DefinitionReader(driver).uuid(name),
              known ? LifecycleEvent.DEFINED_UPDATED : LifecycleEvent.DEFINED_ADDED,
              "");
      return new StartOutlook(driver).on(file, definition);
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot define domain '" + name + "': " + failure.getMessage(), failure);
    }
  }

  /** A domain whose file names no uuid has the one it had before, or a new one. */
  private void keepIdentity(Definition definition) throws IOException {
    String name = definition.domain().name();
    if (definition.domain().uuid().isPresent() || driver.definitions().identity(name).isPresent()) {
      return;
    }
    Optional<UUID> named =
        driver.definitions().exists(name)
            ? new DefinitionReader(driver).uuid(name)
            : Optional.empty();
    driver.definitions().writeIdentity(name, named.orElseGet(UUID::randomUUID));
  }

  private void checkUnchanged(String name, Optional<byte[]> before) throws IOException {
    Optional<byte[]> now = driver.definitions().read(name);
    boolean same =
        now.isPresent() == before.isPresent()
            && Arrays.equals(now.orElse(NOTHING), before.orElse(NOTHING));
    if (!same) {
      throw new OperationInvalidException(
          "the stored definition of domain '" + name + "' has changed meanwhile");
    }
  }

  /** A name stands for one uuid and a uuid for one name, as in libvirt. */
  private void checkIdentity(String file, Definition definition) {
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
            "domain '"
                + other
                + "' already exists with uuid "
                + taken.get()
                + at(file, definition));
      }
      if (!sameName && taken.equals(uuid)) {
        throw new DomainExistsException(
            "uuid %s already belongs to domain '%s'%s"
                .formatted(uuid.get(), other, at(file, definition)));
      }
    }
  }

  private static String at(String file, Definition definition) {
    return DefinitionEdit.origin(XmlSource.of(file, definition.bytes()), "uuid").inParentheses();
  }

  /** Defining a transient domain that runs keeps it. */
  private void makePersistent(String name) throws IOException {
    var record = driver.statuses().read(name);
    if (record.isPresent() && record.get().transientDomain()) {
      // Its data first: whoever finds the definition and this note takes the note for void.
      new EndedEphemerals(driver).keep(name);
      driver.statuses().write(name, record.get().withTransient(false));
    }
  }
}
