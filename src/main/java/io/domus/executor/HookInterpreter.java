// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.domain.HookPhase;
import io.domus.plan.HookStep;
import io.domus.tool.Command;
import io.domus.tool.CommandException;
import io.domus.tool.CommandResult;
import io.domus.tool.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells the hooks of this host. The counterpart of what a hook was told is owed to it by a file:
 * who takes the file away runs it, so that it is run once however often a plan is carried out
 * again. The process that is to become the hook takes it, since a kill of Domus does not end that
 * one: there is no instant at which the file is gone and nobody tells the hook. A hook that is not
 * installed any more is owed nothing.
 */
public final class HookInterpreter {
  /** Ends well if another process was faster. */
  private static final String TAKE = "rm -- \"$1\" 2>/dev/null || exit 0; shift; exec \"$@\"";

  private final CommandRunner runner;
  private final HookListener listener;

  public HookInterpreter(CommandRunner runner, HookListener listener) {
    this.runner = runner;
    this.listener = listener;
  }

  void run(HookStep step) throws IOException {
    if (step.phase().counterpart().isPresent()) {
      owe(step.owed().orElseThrow());
    } else if (step.undoes() && isNotOwed(step)) {
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

  private static boolean isNotOwed(HookStep step) throws IOException {
    Path owed = step.owed().orElseThrow();
    if (Files.isExecutable(step.program())) {
      return !Files.exists(owed);
    }
    Files.deleteIfExists(owed);
    return true;
  }

  private void tell(HookStep step) throws IOException {
    try {
      CommandResult result =
          runner.run(step.undoes() ? taking(step) : step.command(), step.limit());
      if (!result.succeeded()) {
        throw new IOException(result.lastWords());
      }
    } catch (CommandException failure) {
      // Whoever hears of it is told of which hook.
      throw new IOException(failure.reason(), failure);
    }
  }

  private static Command taking(HookStep step) {
    Command hook = step.command();
    List<String> argv = new ArrayList<>();
    argv.addAll(List.of("sh", "-c", TAKE, "sh", step.owed().orElseThrow().toString()));
    argv.addAll(hook.argv());
    return new Command(argv, hook.env(), hook.cwd(), hook.stdin());
  }
}
