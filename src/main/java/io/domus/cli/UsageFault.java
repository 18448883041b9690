// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in our words. */
final class UsageFault {
  private UsageFault() {}

  static String of(ParameterException fault) {
    if (fault instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    String message = String.valueOf(fault.getMessage());
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private static String unmatched(UnmatchedArgumentException fault) {
    String argument = fault.getUnmatched().getFirst();
    if (!fault.isUnknownOption()) {
      return "unexpected argument '" + argument + "'";
    }
    int value = argument.indexOf('=');
    String option = value < 0 ? argument : argument.substring(0, value);
    return "unknown option '"
        + option
        + "'"
        + hint(option, fault.getCommandLine().getCommandSpec());
  }

  private static String hint(String option, CommandSpec command) {
    if (command.name().equals("exec")) {
      return "; put -- before the command to run";
    }
    List<String> known = new ArrayList<>();
    if (option.startsWith("--")) {
      command.options().forEach(spec -> known.addAll(List.of(spec.names())));
    }
    Optional<String> near = NearestName.of(option, known);
    return near.map(name -> "; did you mean '" + name + "'?").orElse("");
  }
}
