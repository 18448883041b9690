// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.SessionRules;
import io.domus.domain.Autostart;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainException;
import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.NoSuchDomainException;
import io.domus.domain.OperationFailedException;
import io.domus.domain.Origin;
import io.domus.domain.SnapshotPaths;
import io.domus.store.DomainRecord;
import io.domus.xml.AutostartFlag;
import io.domus.xml.DefinitionEdit;
import io.domus.xml.DomainReader;
import io.domus.xml.FaultText;
import io.domus.xml.Reading;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Reads definitions: from the user's bytes, from the store, from the record of a run. */
public final class DefinitionReader {
  private final Driver driver;

  public DefinitionReader(Driver driver) {
    this.driver = driver;
  }

  /**
   * @param file how messages name the source
   * @throws InvalidDefinitionException with every fault, a block of lines each
   */
  public Definition parse(String file, byte[] bytes) {
    return driver
        .memory()
        .map(memory -> memory.domain(file, bytes, () -> read(file, bytes)))
        .orElseGet(() -> read(file, bytes));
  }

  private Definition read(String file, byte[] bytes) {
    return switch (new DomainReader().read(XmlSource.of(file, bytes))) {
      case Reading.Valid<DomainDef> valid ->
          new Definition(
              driver.layout().isSession()
                  ? SessionRules.complete(valid.definition())
                  : valid.definition(),
              bytes,
              valid.faults().stream().map(FaultText::render).toList());
      case Reading.Invalid<DomainDef> invalid ->
          throw new InvalidDefinitionException(FaultText.render(invalid.faults()));
    };
  }

  /**
   * The stored definition as it is now: a file edited in place is read, and its faults are told.
   */
  public Definition stored(String name) {
    try {
      byte[] bytes =
          driver.definitions().read(name).orElseThrow(() -> new NoSuchDomainException(name));
      Definition definition =
          withIdentity(parse(driver.layout().definition(name).toString(), bytes));
      String other = definition.domain().name();
      if (!other.equals(name)) {
        throw misnamed(
            driver.layout().definition(name).toString(),
            bytes,
            "the file defines domain '" + other + "'; use domrename to rename a domain");
      }
      return definition;
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot read the definition of domain '" + name + "': " + failure.getMessage(), failure);
    }
  }

  /** A valid definition of another domain than the one that is meant. */
  static InvalidDefinitionException misnamed(String file, byte[] bytes, String message) {
    Origin name = DefinitionEdit.origin(XmlSource.of(file, bytes), "name");
    return new InvalidDefinitionException(
        "%s:%d:%d: error: %s".formatted(file, name.line(), name.column(), message));
  }

  /** What a snapshot's own filesystems are. */
  DomainDef snapshot(SnapshotPaths paths) throws IOException {
    Path file = paths.definition();
    return parse(file.toString(), Files.readAllBytes(file)).domain();
  }

  /** What a run was started from. */
  public Definition recorded(String name, DomainRecord record) {
    Definition definition = kept(name, Base64.getDecoder().decode(record.definition()));
    return record.live().isEmpty()
        ? definition
        : new Definition(
            LiveInterfaces.of(definition.domain(), record.live().get()),
            definition.bytes(),
            definition.warnings());
  }

  /** What was kept of a domain's definition when it ran. */
  Definition kept(String name, byte[] bytes) {
    Definition definition = parse(driver.layout().definition(name).toString(), bytes);
    try {
      return withIdentity(definition);
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }

  /** What the guest runs from, or would run from if it were started now. */
  public Definition present(String name) {
    Optional<DomainRecord> record = new DomainView(driver).record(name);
    boolean active = record.filter(found -> found.condition().state().active()).isPresent();
    return active ? recorded(name, record.get()) : stored(name);
  }

  private Definition withIdentity(Definition definition) throws IOException {
    if (definition.domain().uuid().isPresent()) {
      return definition;
    }
    Optional<UUID> identity = driver.definitions().identity(definition.domain().name());
    return identity.isEmpty()
        ? definition
        : new Definition(
            definition.domain().withIdentity(identity.get()),
            definition.bytes(),
            definition.warnings());
  }

  /**
   * Whether the domain starts with the host, by the stored file, be the rest of it right or wrong;
   * empty if there is no file, or it cannot be told.
   */
  public Optional<Boolean> autostart(String name) {
    try {
      String file = driver.layout().definition(name).toString();
      return driver
          .definitions()
          .read(name)
          .flatMap(bytes -> AutostartFlag.of(XmlSource.of(file, bytes)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * What the stored file says of the start with the host. Of one that is wrong it says no more than
   * whether there is to be such a start, and if not even that can be told there is: whoever tries
   * hears what is wrong with it.
   */
  Autostart autostartOf(String name) {
    try {
      return stored(name).domain().autostart();
    } catch (NoSuchDomainException gone) {
      return Autostart.OFF;
    } catch (DomainException wrong) {
      return Autostart.OFF.withEnabled(autostart(name).orElse(true));
    }
  }

  /** The same of one that is to be ended: if its file is wrong by now, what it runs from counts. */
  Autostart autostartOfRun(String name) {
    try {
      return stored(name).domain().autostart();
    } catch (DomainException wrong) {
      return new DomainView(driver)
          .record(name)
          .filter(found -> found.condition().state().active())
          .map(found -> recorded(name, found).domain().autostart())
          .orElseGet(() -> autostartOf(name));
    }
  }

  /**
   * The uuid of a domain, whether its file names it or Domus generated it; of one without a file,
   * what it runs from does.
   */
  public Optional<UUID> uuid(String name) {
    try {
      Optional<UUID> identity = driver.definitions().identity(name);
      if (identity.isPresent()) {
        return identity;
      }
      boolean persistent = driver.definitions().exists(name);
      return (persistent ? stored(name) : present(name)).domain().uuid();
    } catch (IOException | InvalidDefinitionException | NoSuchDomainException unreadable) {
      return Optional.empty();
    }
  }
}
