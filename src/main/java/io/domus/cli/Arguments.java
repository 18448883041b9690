// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What a command was given. */
record Arguments(ParseResult parsed) {
  boolean flag(String option) {
    return parsed.matchedOptionValue(option, false);
  }

  boolean dryRun() {
    return flag("--dry-run");
  }

  boolean json() {
    return parsed.matchedOptionValue("--output", OutputFormat.TEXT) == OutputFormat.JSON;
  }

  <T> T value(String option, T otherwise) {
    return parsed.matchedOptionValue(option, otherwise);
  }

  Optional<String> text(String option) {
    return Optional.ofNullable(parsed.matchedOptionValue(option, null));
  }

  List<String> texts(String option) {
    return parsed.matchedOptionValue(option, List.of());
  }

  /** The parameter at a position, counted from 0. */
  String one(int position) {
    return parsed.matchedPositionalValue(position, "");
  }

  Optional<String> optional(int position) {
    return Optional.ofNullable(parsed.matchedPositionalValue(position, null));
  }

  /** The parameters from a position on. */
  List<String> from(int position) {
    return parsed.matchedPositionalValue(position, List.of());
  }

  /**
   * Whether {@code --} parts the parameters from a position on, which are names, from others. One
   * before all of them only says that they are no options.
   */
  boolean hasCommand(int position) {
    List<String> words = parsed.originalArgs();
    int parted = words.indexOf("--");
    return parted >= 0 && words.size() - parted - 1 < from(position).size();
  }

  /** What to throw if the arguments do not fit each other. */
  ParameterException fault(String message) {
    return new ParameterException(parsed.commandSpec().commandLine(), message);
  }
}
