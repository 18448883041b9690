// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The command line as picocli sees it. */
final class CommandLines {
  private static final int NAME = 20;

  private CommandLines() {}

  /** Without any command. */
  static CommandLine global() {
    Syntax syntax =
        Syntax.of("domus", "Manages Linux containers the libvirt way.")
            .value(
                "URI",
                "lxc:///system, lxc:///session for a user's own, or lxc:///embed?root=DIR for all"
                    + " state below DIR; DOMUS_URI if not given.",
                "-c",
                "--connect")
            .flag("Print no confirmations.", "-q", "--quiet")
            .flag("Print the version of Domus and exit.", "-V", "--version");
    return strict(new CommandLine(syntax.spec()));
  }

  /** With one command. */
  static CommandLine with(String name, Action action) {
    CommandLine line = global();
    line.addSubcommand(name, strict(new CommandLine(action.syntax().spec())));
    return line;
  }

  /** Arguments are taken as they are. */
  private static CommandLine strict(CommandLine line) {
    return line.setExpandAtFiles(false)
        .setInterpolateVariables(false)
        .setOverwrittenOptionsAllowed(true);
  }

  /** The help of the whole. */
  static String help() {
    CommandLine.Help help = new CommandLine.Help(global().getCommandSpec(), Ansi.OFF);
    StringBuilder text = new StringBuilder();
    text.append("Usage: domus [-q] [-c=URI] COMMAND [ARGUMENT...]\n");
    text.append(help.description()).append('\n').append(help.optionList());
    for (CommandTable.Group group : CommandTable.groups()) {
      text.append('\n').append(group.title()).append(":\n");
      for (String name : group.commands()) {
        String[] description = CommandTable.make(name).syntax().spec().usageMessage().description();
        text.append("  ").append(name).append(" ".repeat(NAME - name.length()));
        text.append(description[0]).append('\n');
      }
    }
    return text.append("\nSee 'domus help COMMAND' for each of them.\n").toString();
  }
}
