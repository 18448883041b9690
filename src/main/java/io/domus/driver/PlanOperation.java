// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.HostFacts;
import io.domus.compiler.StartCompiler;
import io.domus.compiler.StopCompiler;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.OperationFailedException;
import io.domus.plan.Plan;
import java.io.IOException;
import java.util.Optional;

/** Says what an operation would do. Needs no privilege and changes nothing. */
public final class PlanOperation {
  private final Driver driver;

  public PlanOperation(Driver driver) {
    this.driver = driver;
  }

  public Plan start(DomainDef declared) {
    DomainDef domain = driver.withLayers(declared);
    return StartCompiler.compile(domain, facts(domain), SessionProbe.place(driver, domain.name()));
  }

  private HostFacts facts(DomainDef domain) {
    try {
      HostFacts facts = driver.probe().facts(domain).withHooks(Hooks.facts(driver));
      return facts
          .withLinks(new GuestLinks(driver).look(domain), GuestFileProbe.files(domain))
          .withMapping(new GuestMappings(driver).look(domain));
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot learn what a start finds on this host: " + failure.getMessage(), failure);
    }
  }

  /** What would bring back the guest of a managed save image. */
  public Plan restore(String name) {
    try {
      ManagedSave save = new ManagedSave(driver, name);
      DomainDef domain = driver.withLayers(save.definition().domain());
      return StartCompiler.restore(
          domain, save.guest(), facts(domain), driver.layout().domain(name));
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot restore domain '" + name + "': " + failure.getMessage(), failure);
    }
  }

  /** What would end a run that was started from this definition. */
  public Plan stop(DomainDef declared) {
    DomainPaths paths = driver.layout().domain(declared.name());
    return StopCompiler.compile(
        declared.name(), paths, Optional.empty(), StopCompiler.undos(start(declared)));
  }
}
