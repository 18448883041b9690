// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainException;
import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.ReadFailedException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ParameterException;

/** Tells the user of failures: one line each, and never a stack trace that was not asked for. */
final class ErrorPrinter {
  private static final String PREFIX = "error: ";

  private final PrintStream err;
  private final boolean debug;

  ErrorPrinter(PrintStream err, Map<String, String> environment) {
    this.err = err;
    this.debug = environment.getOrDefault("DOMUS_DEBUG", "").equals("1");
  }

  /** Returns the exit status that fits. */
  int print(Throwable failure) {
    switch (failure) {
      case InvalidDefinitionException invalid -> faults(invalid.getMessage());
      case DomainException known -> line(complete(known));
      case FileSystemException file when file.getFile() != null ->
          line("cannot access " + file.getFile() + ": " + Reason.of(file));
      case IOException io -> line(Reason.of(io));
      default -> line("internal error: " + failure);
    }
    for (Throwable suppressed : suppressed(failure)) {
      line("while undoing: " + text(suppressed));
    }
    if (debug) {
      failure.printStackTrace(err);
    }
    return failure instanceof ReadFailedException ? Action.UNREADABLE : Action.FAILED;
  }

  /** A command line that is not understood. */
  int usage(ParameterException fault) {
    String command = fault.getCommandLine().getCommandSpec().qualifiedName(" help ");
    line(UsageFault.of(fault));
    err.println("see '" + (command.equals("domus") ? "domus help" : command) + "'");
    return Action.USAGE;
  }

  /** A document's faults have their own form: file, line and column come first. */
  private void faults(String text) {
    String faults = text.stripTrailing();
    boolean positioned = faults.contains(": error: ") || faults.contains(": warning: ");
    err.println(positioned ? faults : PREFIX + faults);
  }

  private void line(String text) {
    err.println(PREFIX + text.strip());
  }

  private static String text(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /** Java's own message for a file is its path alone: the reason is put behind it. */
  private static String complete(DomainException failure) {
    String message = failure.getMessage();
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      String bare = cause.getMessage();
      if (bare != null && message.endsWith(bare) && Reason.ofFile(cause).isPresent()) {
        String reason = Reason.ofFile(cause).get();
        return message.toLowerCase(Locale.ROOT).endsWith(reason)
            ? message
            : message + ": " + reason;
      }
    }
    return message;
  }

  private static List<Throwable> suppressed(Throwable failure) {
    List<Throwable> all = new ArrayList<>();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      all.addAll(List.of(at.getSuppressed()));
    }
    return all;
  }
}
