// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.CheckpointFacts;
import io.domus.compiler.CheckpointLint;
import io.domus.compiler.HostFacts;
import io.domus.compiler.Obstacle;
import io.domus.compiler.StartCompiler;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainException;
import io.domus.plan.Plan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what would keep CRIU from dumping a guest. Changes nothing; threads may share one. */
public final class CheckpointInquiry {
  private final Driver driver;
  private final CheckpointFacts facts;

  public CheckpointInquiry(Driver driver) {
    this.driver = driver;
    this.facts = new CheckpointProbe(driver).facts();
  }

  public List<Obstacle> of(DomainDef domain) {
    List<Obstacle> obstacles = new ArrayList<>(CheckpointLint.check(domain, facts));
    root(domain).ifPresent(obstacles::add);
    return List.copyOf(obstacles);
  }

  /** Of what does not start, for whatever reason, nothing is said. */
  private Optional<Obstacle> root(DomainDef declared) {
    try {
      DomainDef domain = driver.withLayers(declared);
      HostFacts host =
          driver.probe().facts(domain).withMapping(new GuestMappings(driver).look(domain));
      Plan plan = StartCompiler.compile(domain, host, driver.layout().domain(domain.name()));
      return CheckpointLint.root(domain, plan.strategy().rootfs(), host);
    } catch (DomainException | IOException noPlan) {
      return Optional.empty();
    }
  }
}
