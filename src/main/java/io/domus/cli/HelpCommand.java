// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import picocli.CommandLine;

final class HelpCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("help", "Print the help of Domus, or of a command.")
        .optional("COMMAND", "One of the commands.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    if (arguments.optional(0).isEmpty()) {
      session.out().print(CommandLines.help());
      return OK;
    }
    String command = arguments.optional(0).get();
    Action action = CommandTable.make(command);
    if (action == null) {
      UnknownCommand.print(session.err(), command);
      return USAGE;
    }
    CommandLine whole = CommandLines.with(command, action);
    whole.getSubcommands().get(command).usage(session.out(), CommandLine.Help.Ansi.OFF);
    return OK;
  }
}
