// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainDef;
import io.domus.domain.DomainExistsException;
import io.domus.domain.Transitions;
import io.domus.domain.Verb;
import java.util.UUID;

/** Starts a domain from a file without storing it: it is gone when it ends. */
public final class CreateOperation {
  private final Driver driver;

  public CreateOperation(Driver driver) {
    this.driver = driver;
  }

  /**
   * @param file how messages name the source
   */
  public Definition run(String file, byte[] bytes) {
    Definition read = new DefinitionReader(driver).parse(file, bytes);
    DomainDef domain = read.domain();
    Definition definition =
        domain.uuid().isPresent()
            ? read
            : new Definition(domain.withIdentity(UUID.randomUUID()), bytes, read.warnings());
    String name = domain.name();
    try (DomainJob job = DomainJob.begin(driver, name, "create")) {
      Transitions.check(name, job.state(), Verb.START);
      if (driver.definitions().exists(name)) {
        throw new DomainExistsException(
            "cannot create domain '" + name + "': a domain of that name is defined");
      }
      new StartSequence(driver).run(definition, true, 0);
    }
    new EarlyExit(driver).check(name);
    return definition;
  }
}
