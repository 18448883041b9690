// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainDef;
import io.domus.domain.DomainExistsException;
import io.domus.domain.DomainState;
import io.domus.domain.Transitions;
import io.domus.domain.Verb;
import io.domus.plan.Plan;
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
      check(name, job.state());
      new StartSequence(driver).run(definition, true, 0);
    }
    new EarlyExit(driver).check(name);
    return definition;
  }

  /**
   * What {@link #run} would do, if it may be done at all; as in all plans, sources that are missing
   * are taken to be there.
   */
  public Plan rehearse(DomainDef domain) {
    String name = domain.name();
    DomainState state =
        new DomainView(driver)
            .record(name)
            .map(record -> LiveState.condition(record).state())
            .orElse(DomainState.SHUT_OFF);
    check(name, state);
    Dependants.look(driver, domain, "cannot create domain '" + name + "'");
    return new PlanOperation(driver).start(domain);
  }

  private void check(String name, DomainState state) {
    Transitions.check(name, state, Verb.START, "create");
    if (driver.definitions().exists(name)) {
      throw new DomainExistsException(
          "cannot create domain '" + name + "': a domain of that name is defined");
    }
  }
}
