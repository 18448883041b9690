// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainException;
import io.domus.domain.OperationFailedException;
import io.domus.driver.ExecOperation;

final class ExecCommand implements Action {
  private static final int STDIN = 0;

  @Override
  public Syntax syntax() {
    return Syntax.of("exec", "Run a command in a guest.")
        .flag("Give the command a terminal.", "-t", "--tty")
        .value("USER[:GROUP]", "Run as this user of the guest, by name or number.", "-u", "--user")
        .values("NAME=VALUE", "Set a variable; may be given again.", "-e", "--env")
        .value("DIR", "Run in this directory of the guest.", "-w", "--workdir")
        .domain()
        .oneOrMore("COMMAND", "The command and its arguments; put -- before it.")
        .footer(
            "The exit status is that of the command; 125 if Domus failed, 126 if the command"
                + " cannot be executed, 127 if there is none.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    ExecOperation.Request request =
        new ExecOperation.Request(
            arguments.from(1),
            arguments.flag("--tty"),
            arguments.text("--user"),
            arguments.texts("--env"),
            arguments.text("--workdir"));
    try {
      session.requireRoot("exec");
      if (request.terminal() && !session.driver().syscalls().isatty(STDIN)) {
        throw new OperationFailedException("--tty needs a terminal, and stdin is none");
      }
      String name = session.find(arguments.one(0));
      ChildSignals.passOn();
      return new ExecOperation(session.driver()).run(name, request);
    } catch (DomainException failure) {
      session.errors().print(failure);
      return ExecOperation.OUR_FAILURE;
    }
  }
}
