// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Domains with all that rely on them, those that rely on these, and so on. */
public final class Cascade {
  private final Driver driver;
  private final Dependants dependants;
  private final Map<String, List<String>> reliants = new LinkedHashMap<>();
  private final Set<String> order = new LinkedHashSet<>();

  private Cascade(Driver driver) throws IOException {
    this.driver = driver;
    this.dependants = new Dependants(driver, UseIndex.look(driver), Set.of());
  }

  /**
   * @throws OperationInvalidException if one of those that would have to go runs or is transient
   */
  public static Cascade of(Driver driver, List<String> names) {
    try {
      Cascade cascade = new Cascade(driver);
      for (String name : names) {
        cascade.visit(name);
      }
      cascade.order.forEach(name -> cascade.check(name, names));
      return cascade;
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot tell who relies on " + names + ": " + failure.getMessage(), failure);
    }
  }

  /** Those that rely on each other are each visited once. */
  private void visit(String name) throws IOException {
    if (!reliants.containsKey(name)) {
      reliants.put(name, List.of());
      reliants.put(name, new ArrayList<>(dependants.of(name)));
      for (String reliant : reliants.get(name)) {
        visit(reliant);
      }
      order.add(name);
    }
  }

  private void check(String name, List<String> named) {
    if (named.contains(name)) {
      return;
    }
    if (!driver.definitions().exists(name)) {
      throw new OperationInvalidException(
          "cannot undefine what '%s' relies on: it is transient, and runs".formatted(name));
    }
    var state = new DomainView(driver).one(name).condition().state();
    if (state.active()) {
      throw new OperationInvalidException(
          "cannot undefine domain '%s', which relies on what is to go: domain is %s"
              .formatted(name, state.text()));
    }
  }

  /** Who relies on a domain, by name. */
  public List<String> dependants(String name) {
    return List.copyOf(reliants.getOrDefault(name, List.of()));
  }

  /** All of them, those first on whom nobody relies any more then. */
  public List<String> order() {
    return List.copyOf(order);
  }
}
