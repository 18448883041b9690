// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainException;
import io.domus.driver.ExecOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "exec",
    description = "Run a command in a guest.",
    footer = {
      "",
      "The exit status is the command's own; 125 if Domus failed, 126 if the command cannot be"
          + " executed, 127 if it is not found."
    })
final class ExecCommand implements Action {
  private final Session session;

  @Option(
      names = {"-t", "--tty"},
      description = "Give the command a terminal.")
  private boolean tty;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER[:GROUP]",
      description = "Run as this user of the guest, by name or number.")
  private String user;

  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME=VALUE",
      description = "Set a variable; may be given again.")
  private List<String> environment = new ArrayList<>();

  @Option(
      names = {"-w", "--workdir"},
      paramLabel = "DIR",
      description = "Run in this directory of the guest.")
  private String directory;

  @Parameters(index = "0", paramLabel = "NAME", description = "Name, uuid or id of the domain.")
  private String name;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The command and its arguments; put -- before it.")
  private List<String> command;

  ExecCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() {
    ExecOperation.Request request =
        new ExecOperation.Request(
            command, tty, Optional.ofNullable(user), environment, Optional.ofNullable(directory));
    try {
      session.requireRoot("exec");
      return new ExecOperation(session.driver()).run(session.find(name), request);
    } catch (DomainException failure) {
      ErrorPrinter.of(session).print(failure);
      return ExecOperation.OUR_FAILURE;
    }
  }
}
