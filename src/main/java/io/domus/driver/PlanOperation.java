// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.StartCompiler;
import io.domus.compiler.StopCompiler;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import java.util.Optional;

/** Says what an operation would do. Needs no privilege and changes nothing. */
public final class PlanOperation {
  private final Driver driver;

  public PlanOperation(Driver driver) {
    this.driver = driver;
  }

  public Plan run(DomainDef domain, Operation operation) {
    DomainPaths paths = driver.layout().domain(domain.name());
    Plan start = StartCompiler.compile(domain, driver.probe().facts(domain), paths);
    return switch (operation) {
      case START -> start;
      case STOP ->
          StopCompiler.compile(domain.name(), paths, Optional.empty(), StopCompiler.undos(start));
    };
  }
}
