// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainException;
import io.domus.domain.NoSuchDomainException;
import io.domus.domain.OperationFailedException;
import io.domus.store.DomainRecord;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/** Finds a domain by name, by uuid or by the id of its run, in this order, as virsh does. */
public final class DomainLookup {
  private final Driver driver;

  public DomainLookup(Driver driver) {
    this.driver = driver;
  }

  /** All names: defined or running. */
  public SortedSet<String> names() {
    new OperationRecovery(driver).tidy();
    try {
      TreeSet<String> names = new TreeSet<>(driver.definitions().names());
      names.addAll(driver.statuses().names());
      return names;
    } catch (IOException failure) {
      throw new OperationFailedException("cannot list domains: " + failure.getMessage(), failure);
    }
  }

  /**
   * @throws NoSuchDomainException if nothing is called so
   */
  public String name(String text) {
    if (!io.domus.domain.DomainDef.isName(text)) {
      throw new NoSuchDomainException(text, known());
    }
    new OperationRecovery(driver).tidy();
    if (driver.definitions().exists(text) || record(text).isPresent()) {
      return text;
    }
    boolean number = text.chars().allMatch(Character::isDigit) && text.length() < 10;
    if (number) {
      return byId(Integer.parseInt(text)).orElseThrow(() -> new NoSuchDomainException(text));
    }
    return byUuid(text).orElseThrow(() -> new NoSuchDomainException(text, known()));
  }

  /** What may have been meant. */
  private Collection<String> known() {
    try {
      return names();
    } catch (DomainException unreadable) {
      return List.of();
    }
  }

  private Optional<String> byId(int id) {
    return names().stream()
        .filter(
            name ->
                record(name)
                    .flatMap(DomainRecord::init)
                    .filter(init -> init.pid() == id)
                    .isPresent())
        .findFirst();
  }

  private Optional<String> byUuid(String text) {
    UUID uuid;
    try {
      uuid = UUID.fromString(text);
    } catch (IllegalArgumentException noUuid) {
      return Optional.empty();
    }
    return names().stream()
        .filter(name -> new DefinitionReader(driver).uuid(name).filter(uuid::equals).isPresent())
        .findFirst();
  }

  private Optional<DomainRecord> record(String name) {
    try {
      return driver.statuses().read(name);
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }
}
