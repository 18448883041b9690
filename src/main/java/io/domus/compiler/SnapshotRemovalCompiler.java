// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.plan.Strategy;
import java.util.ArrayList;
import java.util.List;

/** Deletes a snapshot and the layers that it alone has: both or neither. */
public final class SnapshotRemovalCompiler {
  private SnapshotRemovalCompiler() {}

  /**
   * @param id tells what this operation removes from what others do
   * @param removals the snapshot's directory, records and layers
   */
  public static Plan compile(String domain, String id, List<Removal> removals) {
    RemovalSteps steps = new RemovalSteps(id);
    removals.forEach(steps::add);
    List<Step> all = new ArrayList<>(steps.steps("there is no such snapshot any more"));
    return new Plan(
        domain,
        Operation.SNAPSHOT_DELETE,
        new Strategy(Strategy.Kind.FLAT, List.of()),
        all,
        List.of());
  }
}
