// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.compiler.CloneCompiler;
import io.domus.domain.DomainException;
import io.domus.domain.NoSuchDomainException;
import io.domus.domain.OperationInvalidException;
import io.domus.driver.CloneOperation;
import io.domus.driver.DestroyOperation;
import io.domus.driver.EphemeralOperation;
import io.domus.driver.ExecOperation;
import io.domus.driver.StartOperation;
import io.domus.plan.PlanText;
import java.util.List;
import java.util.Optional;

/** {@code start BASE --ephemeral}: a clone, started; or one for the time of a command. */
final class EphemeralStart {
  private final Session session;
  private final Arguments arguments;

  EphemeralStart(Session session, Arguments arguments) {
    this.session = session;
    this.arguments = arguments;
  }

  int run() {
    List<String> words = arguments.from(0);
    boolean keep = arguments.flag("--keep-data");
    if (keep && arguments.flag("--tmpfs")) {
      throw arguments.fault("--keep-data and --tmpfs exclude each other");
    }
    if (!arguments.dryRun()) {
      session.requireRoot("start");
    }
    String base = session.find(words.getFirst());
    if (!arguments.dryRun()) {
      session.warnOfLimits();
    }
    List<String> command = words.subList(1, words.size());
    String name =
        arguments
            .text("--name")
            .orElseGet(() -> new EphemeralOperation(session.driver()).name(base));
    if (arguments.dryRun()) {
      CloneCompiler.Result result =
          CloneOperation.ephemeral(session.driver())
              .rehearse(base, name, CloneOperation.Request.DEFAULT.linked());
      Warnings.print(session.err(), result.plan());
      session.out().print(PlanText.render(result.plan()));
      return Action.OK;
    }
    return command.isEmpty() ? start(base, name, keep) : during(base, name, keep, command);
  }

  private int start(String base, String name, boolean keep) {
    begin(base, name, keep);
    session.say("Domain '" + name + "' started");
    return Action.OK;
  }

  /** What was started ends with the command, whatever becomes of that. */
  private int during(String base, String name, boolean keep, List<String> command) {
    int status = ExecOperation.OUR_FAILURE;
    try {
      begin(base, name, keep);
      try {
        ChildSignals.passOn();
        status =
            new ExecOperation(session.driver())
                .run(
                    name,
                    new ExecOperation.Request(
                        command, false, Optional.empty(), List.of(), Optional.empty()));
      } finally {
        end(name);
      }
    } catch (DomainException failure) {
      session.errors().print(failure);
      return ExecOperation.OUR_FAILURE;
    }
    return status;
  }

  /** It may have ended by itself, and what ended it may have been the command. */
  private void end(String name) {
    try {
      new DestroyOperation(session.driver()).run(name);
    } catch (NoSuchDomainException | OperationInvalidException ended) {
      return;
    }
  }

  /** Says nothing: what is printed is the command's. */
  private void begin(String base, String name, boolean keep) {
    if (keep) {
      CloneOperation.ephemeral(session.driver())
          .run(base, name, CloneOperation.Request.DEFAULT.linked());
      new StartOperation(session.driver()).run(name);
    } else {
      new EphemeralOperation(session.driver()).run(base, name, arguments.flag("--tmpfs"));
    }
  }
}
