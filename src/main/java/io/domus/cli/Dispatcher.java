// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainException;
import io.domus.tool.CommandRunner;
import io.domus.xml.DomainReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Finds the command in the arguments, and makes that one only: to look at all of them takes longer
 * than most of them run.
 */
final class Dispatcher {
  private final Streams streams;
  private final Map<String, String> environment;
  private final Path home;
  private final UnaryOperator<CommandRunner> programs;
  private Session session;

  /**
   * @param home where Domus itself lies
   */
  Dispatcher(Streams streams, Map<String, String> environment, Path home) {
    this(streams, environment, home, UnaryOperator.identity());
  }

  /**
   * @param programs makes of what runs programs what is to run them
   */
  Dispatcher(
      Streams streams,
      Map<String, String> environment,
      Path home,
      UnaryOperator<CommandRunner> programs) {
    this.streams = streams;
    this.environment = environment;
    this.home = home;
    this.programs = programs;
  }

  /** Returns the exit status. */
  int run(String... args) {
    ErrorPrinter errors = new ErrorPrinter(streams.err(), environment);
    try {
      int status = dispatch(args);
      streams.out().flush();
      return status;
    } catch (ParameterException fault) {
      return errors.usage(fault);
    } catch (StandardOutput.Broken told) {
      // Said once, at the very end.
      return Action.FAILED;
    } catch (DomainException | IOException failure) {
      streams.out().flush();
      return errors.print(failure);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError bug) {
      streams.out().flush();
      return errors.print(bug);
    }
  }

  /** Whether a program may run on that was started for the command. */
  boolean leavesProgram() {
    return session != null && session.leavesProgram();
  }

  private int dispatch(String... args) throws IOException {
    int at = commandAt(args);
    if (at >= args.length) {
      return withoutCommand(args);
    }
    Action action = CommandTable.make(args[at]);
    if (action == null) {
      UnknownCommand.print(streams.err(), args[at]);
      return Action.USAGE;
    }
    if (CommandTable.readsDefinition(args[at])) {
      DomainReader.prepare();
    }
    ParseResult global = CommandLines.with(args[at], action).parseArgs(args);
    ParseResult command = global.subcommand();
    if (global.isUsageHelpRequested()) {
      streams.out().print(CommandLines.help());
      return Action.OK;
    }
    if (command.isUsageHelpRequested()) {
      command.commandSpec().commandLine().usage(streams.out(), Ansi.OFF);
      return Action.OK;
    }
    session = new Session(streams, environment, home, programs, new Arguments(global));
    return action.run(session, new Arguments(command));
  }

  private int withoutCommand(String... args) {
    CommandLine line = CommandLines.global();
    ParseResult global = line.parseArgs(args);
    if (global.isUsageHelpRequested()) {
      streams.out().print(CommandLines.help());
      return Action.OK;
    }
    if (new Arguments(global).flag("--version")) {
      streams.out().println("domus " + VersionCommand.domus());
      return Action.OK;
    }
    if (args.length > 0) {
      throw new ParameterException(line, "no command is given");
    }
    streams.err().print(CommandLines.help());
    return Action.USAGE;
  }

  /** Where the first argument is that is no global option and no value of one. */
  static int commandAt(String... args) {
    int at = 0;
    while (at < args.length && args[at].startsWith("-")) {
      at += takesNext(args[at]) ? 2 : 1;
    }
    return at;
  }

  /** {@code -c}, {@code -qc} and {@code --connect}; {@code -cURI} has its value with it. */
  private static boolean takesNext(String option) {
    boolean isLong = option.startsWith("--");
    return isLong ? option.equals("--connect") : option.indexOf('c') == option.length() - 1;
  }
}
