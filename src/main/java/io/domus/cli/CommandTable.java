// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.util.List;

/** The commands there are. Only the one that is asked for is made. */
final class CommandTable {
  /** The commands of one heading of the help. */
  record Group(String title, List<String> commands) {}

  static final List<Group> GROUPS =
      List.of(
          new Group("Definitions", List.of("define")),
          new Group("Lifecycle", List.of("start", "destroy")),
          new Group("Inside", List.of("exec")),
          new Group("State", List.of("list")));

  private CommandTable() {}

  /** Null if there is no such command. */
  static Action make(String command, Session session) {
    return switch (command) {
      case "define" -> new DefineCommand(session);
      case "start" -> new StartCommand(session);
      case "destroy" -> new DestroyCommand(session);
      case "exec" -> new ExecCommand(session);
      case "list" -> new ListCommand(session);
      default -> null;
    };
  }
}
