// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Strategy;
import java.nio.file.Path;
import java.util.List;

/** Removes from the layer store what nobody needs. */
public final class PruneCompiler {
  private PruneCompiler() {}

  /**
   * @param store what messages call the store
   * @param id tells what this operation removes from what others do
   */
  public static Plan compile(String store, String id, List<Removal> removals) {
    return compile(store, id, removals, List.of());
  }

  /**
   * @param leftovers trees and files that operations before have put aside
   */
  public static Plan compile(
      String store, String id, List<Removal> removals, List<Path> leftovers) {
    RemovalSteps steps = new RemovalSteps(id);
    removals.forEach(steps::add);
    leftovers.forEach(steps::sweep);
    return new Plan(
        store,
        Operation.PRUNE,
        new Strategy(Strategy.Kind.FLAT, List.of()),
        steps.steps("nobody looks for them any more"),
        List.of());
  }
}
