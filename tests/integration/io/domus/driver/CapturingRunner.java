// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.tool.Command;
import io.domus.tool.CommandException;
import io.domus.tool.CommandResult;
import io.domus.tool.CommandRunner;
import io.domus.tool.CommandWatch;
import io.domus.tool.FirstLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The real runner, except that a program which would get our own streams gets files instead. */
final class CapturingRunner implements CommandRunner {
  private final CommandRunner real;
  private final Path stdin;
  private final Path stdout;
  private final Path stderr;

  /**
   * @param scratch a directory of this runner's own
   */
  CapturingRunner(CommandRunner real, Path scratch, Path stdin) {
    this.real = real;
    this.stdin = stdin;
    this.stdout = scratch.resolve("stdout");
    this.stderr = scratch.resolve("stderr");
  }

  @Override
  public CommandResult run(Command command, Duration limit) throws CommandException {
    return real.run(command, limit);
  }

  @Override
  public CommandResult complete(Command command, Duration limit) throws CommandException {
    return real.complete(command, limit);
  }

  @Override
  public CommandResult run(Command command, Duration limit, CommandWatch watch)
      throws CommandException {
    return real.run(command, limit, watch);
  }

  @Override
  public FirstLine startReadingFirstLine(Command command, Duration limit) throws CommandException {
    return real.startReadingFirstLine(command, limit);
  }

  @Override
  public int inherit(Command command) throws CommandException {
    ProcessBuilder builder =
        new ProcessBuilder(command.argv())
            .redirectInput(stdin.toFile())
            .redirectOutput(stdout.toFile())
            .redirectError(stderr.toFile());
    builder.environment().putAll(command.env());
    command.cwd().ifPresent(directory -> builder.directory(directory.toFile()));
    try {
      return builder.start().waitFor();
    } catch (IOException failure) {
      throw new CommandException("cannot run " + command.program(), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", interrupted);
    }
  }

  byte[] stdout() throws IOException {
    return Files.readAllBytes(stdout);
  }

  String stderr() throws IOException {
    return Files.readString(stderr);
  }
}
