// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs by {@link ProcessBuilder}. What they print goes into files and not into pipes, if
 * it is wanted: no thread has to empty them, a daemon that keeps them open delays nobody, and the
 * end of the program closes nothing that is still wanted.
 */
public final class ProcessCommandRunner implements CommandRunner {
  private static final Redirect NOTHING = Redirect.from(new File("/dev/null"));
  private static final Duration PAUSE = Duration.ofNanos(200_000);

  /** A pipe holds 64 KiB: whoever prints less than 3 MB a second never waits for us. */
  private static final Duration LOOK = Duration.ofMillis(20);

  /** A service manager's talk with us, which a container runtime would take for its own. */
  private static final Set<String> OURS =
      Set.of("NOTIFY_SOCKET", "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES");

  private final Path scratch;

  /**
   * Keeps the programs' output in a directory while they run.
   *
   * @param scratch exists, and only we can write to it
   */
  public ProcessCommandRunner(Path scratch) {
    this.scratch = scratch;
  }

  /** Removes what processes that were killed have left in their scratch directory. */
  public static void removeLeftovers(Path scratch) throws IOException {
    OutputFile.removeLeftovers(scratch);
  }

  @Override
  public CommandResult run(Command command, Duration limit) throws CommandException {
    try (OutputFile stdout = OutputFile.in(scratch);
        OutputFile stderr = OutputFile.in(scratch)) {
      Process process = start(command, quiet(command, stderr).redirectOutput(stdout.file()));
      try {
        if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
          ProcessTree.kill(process);
          throw tooLong(command, limit);
        }
      } catch (InterruptedException e) {
        ProcessTree.kill(process);
        throw interrupted(command, e);
      }
      return new CommandResult(process.exitValue(), stdout.text(), stderr.text());
    }
  }

  @Override
  public CommandResult complete(Command command, Duration limit) throws CommandException {
    List<String> alone = new ArrayList<>(List.of("setsid"));
    alone.addAll(command.argv());
    boolean wanted = Thread.interrupted();
    try (OutputFile stdout = OutputFile.in(scratch);
        OutputFile stderr = OutputFile.in(scratch)) {
      ProcessBuilder builder = quiet(command, stderr).redirectOutput(stdout.file()).command(alone);
      Process process = start(command, builder);
      long deadline = System.nanoTime() + limit.toNanos();
      boolean ended = false;
      while (!ended) {
        try {
          ended = process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
          if (!ended) {
            ProcessTree.kill(process);
            throw tooLong(command, limit);
          }
        } catch (InterruptedException later) {
          wanted = true;
        }
      }
      return new CommandResult(process.exitValue(), stdout.text(), stderr.text());
    } finally {
      if (wanted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public CommandResult run(Command command, Duration limit, CommandWatch watch)
      throws CommandException {
    try (OutputFile stderr = OutputFile.in(scratch)) {
      Process process = start(command, quiet(command, stderr).redirectOutput(Redirect.PIPE));
      long deadline = System.nanoTime() + limit.toNanos();
      try (LineCount output = new LineCount(process.getInputStream())) {
        while (!process.waitFor(LOOK.toNanos(), TimeUnit.NANOSECONDS)) {
          if (System.nanoTime() > deadline) {
            ProcessTree.kill(process);
            throw tooLong(command, limit);
          }
          output.readOn();
          if (!watch.goOn(output.sight(process.pid(), !stderr.isEmpty()))) {
            ProcessTree.kill(process);
          }
        }
        output.readOn();
        watch.goOn(output.sight(process.pid(), !stderr.isEmpty()));
      } catch (InterruptedException e) {
        ProcessTree.kill(process);
        throw interrupted(command, e);
      } catch (IOException e) {
        ProcessTree.kill(process);
        throw new CommandException("cannot read what " + command.program() + " prints", e);
      }
      return new CommandResult(process.exitValue(), "", stderr.text());
    }
  }

  @Override
  public int inherit(Command command) throws CommandException {
    Process process = start(command, builder(command).inheritIO());
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      throw interrupted(command, e);
    }
  }

  @Override
  public FirstLine startReadingFirstLine(Command command, Duration limit) throws CommandException {
    try (OutputFile stdout = OutputFile.in(scratch);
        OutputFile stderr = OutputFile.in(scratch)) {
      Process process = start(command, quiet(command, stderr).redirectOutput(stdout.file()));
      long deadline = System.nanoTime() + limit.toNanos();
      while (true) {
        // In this order: what a program prints before it ends is then there to be read.
        boolean alive = process.isAlive();
        String printed = stdout.isEmpty() ? "" : stdout.text();
        int end = printed.indexOf('\n');
        if (end >= 0 || !alive) {
          String line = end < 0 ? printed : printed.substring(0, end);
          return new FirstLine(line, stderr.text(), process.pid());
        }
        if (System.nanoTime() > deadline) {
          process.destroyForcibly();
          throw new CommandException(
              command.program() + " did not answer within " + seconds(limit) + ": " + command);
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      throw interrupted(command, e);
    }
  }

  /** No other input than is asked for, complaints into a file, and in English. */
  private static ProcessBuilder quiet(Command command, OutputFile stderr) {
    Redirect input = command.stdin().map(Path::toFile).map(Redirect::from).orElse(NOTHING);
    ProcessBuilder builder = builder(command).redirectInput(input).redirectError(stderr.file());
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder;
  }

  private static ProcessBuilder builder(Command command) {
    ProcessBuilder builder = new ProcessBuilder(command.argv());
    builder.environment().keySet().removeAll(OURS);
    builder.environment().putAll(command.env());
    command.cwd().map(Path::toFile).ifPresent(builder::directory);
    return builder;
  }

  private static Process start(Command command, ProcessBuilder builder) throws CommandException {
    try {
      return builder.start();
    } catch (IOException e) {
      String where = command.cwd().map(directory -> " in " + directory).orElse("");
      String why = where + ": " + reason(e);
      throw new CommandException(
          "cannot run " + command.program() + why, "it cannot be run" + why, e);
    }
  }

  /**
   * Java says {@code Cannot run program "x": Exec failed, error: 2 (No such file or directory) }.
   */
  private static String reason(IOException e) {
    String message = String.valueOf(e.getMessage()).strip();
    int open = message.lastIndexOf('(');
    return open >= 0 && message.endsWith(")")
        ? message.substring(open + 1, message.length() - 1)
        : message;
  }

  private static CommandException interrupted(Command command, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new CommandException("interrupted while " + command.program() + " ran", cause);
  }

  private static CommandException tooLong(Command command, Duration limit) {
    String how = " did not end within " + seconds(limit);
    return new CommandException(command.program() + how + ": " + command, "it" + how, null);
  }

  private static String seconds(Duration limit) {
    return limit.toMillis() / 1000.0 + " s";
  }
}
