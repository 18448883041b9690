// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Finds the command in the arguments, and lets picocli see that one only: to look at all of them
 * takes longer than most of them run.
 */
final class Dispatcher {
  private final Streams streams;
  private final Map<String, String> environment;
  private final Path home;

  Dispatcher(Streams streams, Map<String, String> environment, Path home) {
    this.streams = streams;
    this.environment = environment;
    this.home = home;
  }

  /** Returns the exit status. */
  int run(String... args) {
    GlobalOptions options = new GlobalOptions();
    Session session = new Session(options, streams, environment, home);
    ErrorPrinter errors = new ErrorPrinter(streams.err(), environment);
    try {
      CommandLine line = new CommandLine(options);
      Optional<String> verb = verb(args);
      if (verb.isPresent()) {
        Action action = CommandTable.make(verb.get(), session);
        line.addSubcommand(verb.get(), new CommandLine(action));
      }
      ParseResult result = line.parseArgs(args);
      return ((Action) result.subcommand().commandSpec().userObject()).run();
    } catch (ParameterException usage) {
      streams.err().println("error: " + usage.getMessage());
      return Action.USAGE;
    } catch (DomainException | IOException failure) {
      return errors.print(failure);
    }
  }

  /** The first argument that is no global option. */
  static Optional<String> verb(String... args) {
    for (int index = 0; index < args.length; index++) {
      String argument = args[index];
      if (argument.equals("-c") || argument.equals("--connect")) {
        index++;
      } else if (!argument.startsWith("-")) {
        return Optional.of(argument);
      }
    }
    return Optional.empty();
  }
}
