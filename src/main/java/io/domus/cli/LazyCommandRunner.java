// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.tool.Command;
import io.domus.tool.CommandException;
import io.domus.tool.CommandResult;
import io.domus.tool.CommandRunner;
import io.domus.tool.FirstLine;
import io.domus.tool.ProcessCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/** Makes the directory for the output of programs once the first program runs. */
final class LazyCommandRunner implements CommandRunner {
  private final Path root;
  private ProcessCommandRunner runner;

  /**
   * @param root of the state
   */
  LazyCommandRunner(Path root) {
    this.root = root;
  }

  @Override
  public CommandResult run(Command command, Duration limit) throws CommandException {
    return runner().run(command, limit);
  }

  @Override
  public int inherit(Command command) throws CommandException {
    return runner().inherit(command);
  }

  @Override
  public FirstLine startReadingFirstLine(Command command, Duration limit) throws CommandException {
    return runner().startReadingFirstLine(command, limit);
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
    Path state = root.resolve("run/domus");
    boolean ours = Session.isRoot() || Files.isWritable(root);
    if (!ours) {
      Path temporary = Files.createTempDirectory("domus");
      temporary.toFile().deleteOnExit();
      return temporary;
    }
    Files.createDirectories(state);
    Path scratch = state.resolve("scratch");
    if (!Files.isDirectory(scratch)) {
      var onlyWe = PosixFilePermissions.fromString("rwx------");
      Files.createDirectories(scratch, PosixFilePermissions.asFileAttribute(onlyWe));
    }
    return scratch;
  }
}
