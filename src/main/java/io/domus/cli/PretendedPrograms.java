// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.tool.Command;
import io.domus.tool.CommandException;
import io.domus.tool.CommandResult;
import io.domus.tool.CommandRunner;
import io.domus.tool.CommandWatch;
import io.domus.tool.FirstLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Programs that succeed at once and do nothing, run in place of those that would change the host.
 * Where a monitor is to be started, it and its guest are processes that wait to be killed.
 *
 * @param real what runs all the same, since it can change nothing but what is the caller's
 */
record PretendedPrograms(CommandRunner runner, Set<String> real) implements CommandRunner {
  /** What networks are made with: for who has a network namespace of his own. */
  static final Set<String> OF_NETWORKS = Set.of("ip", "nft", "tc", "dnsmasq");

  private static final Command NOTHING = Command.of(List.of("/bin/true"));

  /** The file for the monitor's pid is the second word, that for the guest's follows {@code -p}. */
  private static final String MONITOR =
      """
      echo "$$" >"$2"
      while [ "$1" != -p ]; do shift; done
      sleep 5 &
      echo "$!" >"$2"
      printf '{"data": %d}\n' "$!"
      wait
      """;

  @Override
  public CommandResult run(Command command, Duration limit) throws CommandException {
    return runner.run(real.contains(command.program()) ? command : NOTHING, limit);
  }

  @Override
  public CommandResult complete(Command command, Duration limit) throws CommandException {
    return runner.complete(NOTHING, limit);
  }

  @Override
  public CommandResult run(Command command, Duration limit, CommandWatch watch)
      throws CommandException {
    return runner.run(NOTHING, limit, watch);
  }

  @Override
  public int inherit(Command command) throws CommandException {
    return runner.inherit(NOTHING);
  }

  @Override
  public FirstLine startReadingFirstLine(Command command, Duration limit) throws CommandException {
    List<String> argv = new ArrayList<>(List.of("/bin/sh", "-c", MONITOR));
    argv.addAll(command.argv());
    return runner.startReadingFirstLine(Command.of(argv), limit);
  }
}
