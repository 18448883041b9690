// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.tool.Command;
import io.domus.tool.CommandException;
import io.domus.tool.CommandResult;
import io.domus.tool.CommandRunner;
import io.domus.tool.CommandWatch;
import io.domus.tool.FirstLine;
import io.domus.tool.ProcessCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/** Makes the directory for the output of programs once the first program runs. */
final class LazyCommandRunner implements CommandRunner {
  private final Path anchor;
  private final Path scratch;
  private ProcessCommandRunner runner;
  private volatile boolean left;

  /**
   * @param anchor who may write here may change the state
   * @param scratch need not be there
   */
  LazyCommandRunner(Path anchor, Path scratch) {
    this.anchor = anchor;
    this.scratch = scratch;
  }

  @Override
  public CommandResult run(Command command, Duration limit) throws CommandException {
    if (Files.isWritable(anchor)) {
      return runner().run(command, limit);
    }
    // Whoever may not write to the state may still ask programs for their versions.
    try {
      Path temporary = Files.createTempDirectory("domus");
      try {
        return new ProcessCommandRunner(temporary).run(command, limit);
      } finally {
        Files.delete(temporary);
      }
    } catch (CommandException failure) {
      throw failure;
    } catch (IOException failure) {
      throw new CommandException("cannot make a scratch directory: " + failure, failure);
    }
  }

  @Override
  public CommandResult complete(Command command, Duration limit) throws CommandException {
    return runner().complete(command, limit);
  }

  @Override
  public CommandResult run(Command command, Duration limit, CommandWatch watch)
      throws CommandException {
    return runner().run(command, limit, watch);
  }

  @Override
  public int inherit(Command command) throws CommandException {
    return runner().inherit(command);
  }

  @Override
  public FirstLine startReadingFirstLine(Command command, Duration limit) throws CommandException {
    left = true;
    return runner().startReadingFirstLine(command, limit);
  }

  /** Whether a program may run on that we have started. */
  boolean leavesProgram() {
    return left;
  }

  private synchronized ProcessCommandRunner runner() throws CommandException {
    if (runner == null) {
      try {
        runner = new ProcessCommandRunner(scratch());
      } catch (IOException failure) {
        throw new CommandException("cannot make a scratch directory: " + failure, failure);
      }
    }
    return runner;
  }

  private Path scratch() throws IOException {
    if (!Files.isDirectory(scratch)) {
      var onlyWe = PosixFilePermissions.fromString("rwx------");
      Files.createDirectories(scratch.getParent());
      Files.createDirectories(scratch, PosixFilePermissions.asFileAttribute(onlyWe));
    }
    ProcessCommandRunner.removeLeftovers(scratch);
    return scratch;
  }
}
