// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What CRIU is told beside the runtime's options, and what it says. */
public final class Criu {
  /** The last line of a log of a dump that is whole. */
  private static final String DUMPED = "Dumping finished successfully";

  private static final String ERROR = "Error (";

  /** Found in every log, or only the sum of others. */
  private static final List<String> EMPTY_WORDS =
      List.of("RLIMIT_NOFILE", "Dumping FAILED", "Restoring FAILED");

  private Criu() {}

  /**
   * Has CRIU trace system calls where it would set breakpoints in the processor: under a hypervisor
   * that does not pass these on it waits for them forever. The number is {@code FI_NO_BREAKPOINTS}
   * of CRIU's table of faults, the only switch there is for that.
   */
  public static Command withoutBreakpoints(Command command) {
    return command.withEnv("CRIU_FAULT", "130");
  }

  /** With options that the runtime has no words for, a line each. */
  public static Command configured(Command command, Path options) {
    return command.withEnv("CRIU_CONFIG_FILE", options.toString());
  }

  /**
   * Whether CRIU has read the options of {@link #configured}: a runtime may keep them from it.
   *
   * @param options of that name, wherever they lay
   */
  public static boolean hasRead(Path options, String log) {
    return log.lines()
        .filter(line -> line.contains("Parsing config file "))
        .anyMatch(line -> line.endsWith("/" + options.getFileName()));
  }

  /** Whether the dump that wrote this log is whole. */
  public static boolean isWhole(String log) {
    return log.lines().anyMatch(line -> line.endsWith(DUMPED));
  }

  /** All errors that say something, in the order of the log. */
  static Stream<String> complaints(String log) {
    return log.lines()
        .filter(line -> line.contains(ERROR))
        .filter(line -> EMPTY_WORDS.stream().noneMatch(line::contains))
        .map(line -> line.substring(line.indexOf(ERROR) + ERROR.length()))
        .filter(line -> line.contains("): "))
        .map(line -> line.substring(line.indexOf("): ") + 3).strip());
  }
}
