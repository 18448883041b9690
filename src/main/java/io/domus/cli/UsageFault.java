// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.xml.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
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
    List<String> known = new ArrayList<>();
    for (OptionSpec spec : fault.getCommandLine().getCommandSpec().options()) {
      known.addAll(List.of(spec.names()));
    }
    Optional<String> near = NearestName.of(option, known);
    String hint = near.map(name -> "; did you mean '" + name + "'?").orElse("");
    return "unknown option '" + option + "'" + hint;
  }
}
