// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.xml.DefinitionEdit;
import io.domus.xml.DefinitionEdit.Edited;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.util.Optional;

/**
 * Says in a stored definition whether the domain starts with the host. A guest that runs goes on.
 */
public final class AutostartOperation {
  private final Driver driver;

  public AutostartOperation(Driver driver) {
    this.driver = driver;
  }

  /** Does nothing if the definition says so already. */
  public void run(String name, boolean enabled) {
    try (DomainJob _ = DomainJob.beginExisting(driver, name, "set autostart of")) {
      Optional<Edited> edited = rehearse(name, enabled);
      if (edited.isPresent()) {
        driver.definitions().replace(name, edited.get().bytes());
        driver
            .events()
            .append(
                name,
                new DefinitionReader(driver).uuid(name),
                LifecycleEvent.DEFINED_UPDATED,
                enabled ? "autostart on" : "autostart off");
      }
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot set autostart of domain '" + name + "': " + failure.getMessage(), failure);
    }
  }

  /** What would be stored; empty if the definition says so already. */
  public Optional<Edited> rehearse(String name, boolean enabled) {
    if (!driver.definitions().exists(name)) {
      throw new OperationInvalidException(
          "cannot set autostart for transient domain '" + name + "'");
    }
    Definition definition = new DefinitionReader(driver).stored(name);
    String file = driver.layout().definition(name).toString();
    return DefinitionEdit.autostart(XmlSource.of(file, definition.bytes()), enabled);
  }
}
