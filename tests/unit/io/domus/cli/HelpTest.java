// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

class HelpTest {
  private static final int WIDTH = 80;

  @TempDir Path root;

  static List<String> commands() {
    return CommandTable.names();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everythingIsDescribed(String command) {
    Action action = CommandTable.make(command);
    assertNotNull(action, command);
    CommandSpec spec = action.syntax().spec();
    assertEquals(command, spec.name());
    assertEquals(1, spec.usageMessage().description().length);
    assertSentence(spec.usageMessage().description()[0]);
    Set<String> taken = new HashSet<>();
    for (ArgSpec argument : spec.args()) {
      assertEquals(1, argument.description().length, argument.paramLabel());
      assertSentence(argument.description()[0]);
      assertFalse(argument.paramLabel().startsWith("<"), argument + " has no label");
    }
    spec.options()
        .forEach(option -> List.of(option.names()).forEach(name -> assertTrue(taken.add(name))));
  }

  private static void assertSentence(String text) {
    assertTrue(text.endsWith("."), text);
    assertFalse(text.contains("  "), text);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void bothWaysToAskAreAnswered(String command) {
    CommandRun option = CommandRun.User.of(root).run(command, "--help");
    CommandRun verb = CommandRun.User.of(root).run("help", command);
    assertEquals(Action.OK, option.status());
    assertEquals(option, verb);
    assertTrue(option.out().startsWith("Usage: domus " + command), option.out());
    option.out().lines().forEach(line -> assertTrue(line.length() <= WIDTH, line));
  }

  @Test
  void theWholeNamesAllCommandsOnce() {
    String help = CommandRun.User.of(root).run("--help").out();
    assertEquals(help, CommandRun.User.of(root).run("help").out());
    for (String command : commands()) {
      assertEquals(
          1, help.lines().filter(line -> line.startsWith("  " + command + " ")).count(), command);
    }
    help.lines().forEach(line -> assertTrue(line.length() <= WIDTH, line));
  }

  @Test
  void whatOnlyMonitorsCallIsNotShown() {
    for (String command : List.of("drain-exits", "migrate-receive")) {
      assertFalse(CommandLines.help().contains(command));
      assertNotNull(CommandTable.make(command));
    }
  }
}
