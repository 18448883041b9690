// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.GuestIdentity;
import io.domus.domain.Origin;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import io.domus.tool.Command;
import java.nio.file.Path;

/**
 * What is done to the tree of a clone so that it is not its source: what names the guest in its own
 * files, then whatever the hooks of this host do.
 */
record GuestChange(CloneOrder order) {
  /** Without need a tree has not to be mounted. */
  boolean needed() {
    return !order.identity().isEmpty() || !order.hooks().isEmpty();
  }

  /**
   * @param tree the clone's root
   */
  void add(Draft draft, Path tree, Origin origin) {
    if (!order.identity().isEmpty()) {
      draft.add(
          new Step.ChangeIdentity(
              tree,
              new GuestIdentity(
                  ConfigCompiler.hostname(order.source().name()),
                  ConfigCompiler.hostname(order.name()),
                  order.identity()),
              Note.of("the clone is not its source", origin)));
    }
    for (Path hook : order.hooks()) {
      Command command =
          Command.of(hook.toString(), "clone", order.name())
              .withEnv("DOMUS_SOURCE", order.source().name())
              .withEnv("DOMUS_TREE", tree.toString())
              .withEnv("DOMUS_UUID", order.uuid().toString());
      draft.add(
          new Step.RunCommand(
              command, false, Undo.NOTHING, Note.of("hook for new clones", origin)));
    }
  }
}
