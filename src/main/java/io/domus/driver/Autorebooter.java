// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.driver.BatchOutcome.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Has many domains that run end, the last first, and starts them again in their order: nobody runs
 * without those it comes after.
 */
public final class Autorebooter {
  private final Driver driver;

  public Autorebooter(Driver driver) {
    this.driver = driver;
  }

  /**
   * Those that do not run stay off; one that does not end goes on.
   *
   * @param told of each at once, when it is off and again when it runs
   */
  public List<BatchOutcome> run(
      BatchRequest request, Autostopper.Way way, Consumer<BatchOutcome> told) {
    StartOrder order = StartOrder.of(driver, request);
    int parallel = request.parallel(driver);
    Map<String, BatchOutcome> outcomes = new HashMap<>();
    Set<String> ended = new TreeSet<>();
    List<BatchOutcome> done = new ArrayList<>();
    for (BatchOutcome stop : new Autostopper(driver).run(order, parallel, way, told)) {
      outcomes.put(stop.name(), stop);
      boolean again = stop.result() == Result.STOPPED || stop.result() == Result.KILLED;
      if (again) {
        ended.add(stop.name());
      } else {
        done.add(stop);
      }
    }
    for (BatchOutcome start :
        new Autostarter(driver).run(order.only(ended::contains), parallel, told)) {
      done.add(
          new BatchOutcome(
              start.name(),
              start.result(),
              start.detail(),
              outcomes.get(start.name()).took().plus(start.took())));
    }
    return done;
  }
}
