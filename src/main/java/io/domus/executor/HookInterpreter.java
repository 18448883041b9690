// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.domain.HookPhase;
import io.domus.plan.HookStep;
import io.domus.tool.CommandException;
import io.domus.tool.CommandResult;
import io.domus.tool.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells the hooks of this host. The counterpart of what a hook was told is owed to it by a file:
 * who takes the file away runs it, so that it is run once however often a plan is carried out
 * again. A hook that is not installed any more is owed nothing.
 */
public final class HookInterpreter {
  private final CommandRunner runner;
  private final HookListener listener;

  public HookInterpreter(CommandRunner runner, HookListener listener) {
    this.runner = runner;
    this.listener = listener;
  }

  void run(HookStep step) throws IOException {
    if (step.phase().counterpart().isPresent()) {
      owe(step.owed().orElseThrow());
    } else if (step.owed().isPresent() && !Files.deleteIfExists(step.owed().get())) {
      return;
    }
    try {
      tell(step);
    } catch (IOException failure) {
      if (step.phase() == HookPhase.PREPARE) {
        throw failure;
      }
      listener.failed(step.domain(), step.program(), step.phase(), failure.getMessage());
    }
  }

  private static void owe(Path owed) throws IOException {
    if (!Files.exists(owed)) {
      Files.createFile(owed);
    }
  }

  private void tell(HookStep step) throws IOException {
    boolean gone = step.undoes() && !Files.isExecutable(step.program());
    if (gone) {
      return;
    }
    try {
      CommandResult result = runner.run(step.command(), step.limit());
      if (!result.succeeded()) {
        throw new IOException(result.lastWords());
      }
    } catch (CommandException failure) {
      // Whoever hears of it is told of which hook.
      throw new IOException(failure.reason(), failure);
    }
  }
}
