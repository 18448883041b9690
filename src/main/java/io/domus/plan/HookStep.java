// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import io.domus.domain.HookPhase;
import io.domus.tool.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Runs a program of this host that is told what happens to the domain. Only one that prepares may
 * refuse: what another one complains about is told, and stops nothing.
 *
 * @param tree the guest's root, where it is mounted for the hook
 * @param definition what the program reads
 * @param owed says by its presence that the counterpart is still to be run
 */
public record HookStep(
    HookPhase phase,
    Path program,
    String domain,
    Optional<UUID> uuid,
    Optional<Path> tree,
    Path definition,
    Optional<Path> owed,
    Duration limit,
    Note note)
    implements Step.OfHooks {
  public Command command() {
    Command command = Command.of(program.toString(), phase.text(), domain).reading(definition);
    if (uuid.isPresent()) {
      command = command.withEnv("DOMUS_UUID", uuid.get().toString());
    }
    return tree.isPresent() ? command.withEnv("DOMUS_TREE", tree.get().toString()) : command;
  }

  /** Whether it is the counterpart of another one. */
  public boolean undoes() {
    return phase.counterpart().isEmpty() && owed.isPresent();
  }

  @Override
  public Undo undo() {
    return phase
        .counterpart()
        .map(
            other ->
                Undo.by(
                    new HookStep(
                        other,
                        program,
                        domain,
                        uuid,
                        Optional.empty(),
                        definition,
                        owed,
                        limit,
                        Note.of("the hook hears of the end"))))
        .orElse(Undo.NOTHING);
  }
}
