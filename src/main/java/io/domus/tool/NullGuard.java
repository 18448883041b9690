// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Domus's own script that becomes the container runtime without the machine's null device as
 * standard input, output or errors: crun gives what it has as these to whomever the guest's process
 * runs as.
 */
public record NullGuard(Path script) {
  public NullGuard {
    Objects.requireNonNull(script, "script");
  }

  /**
   * The same command, with its output kept.
   *
   * @param fifo is made and removed
   */
  public Command around(Command command, Path fifo) {
    return new Command(
        Stream.concat(Stream.of(script.toString(), fifo.toString()), command.argv().stream())
            .toList(),
        command.env(),
        command.cwd(),
        command.stdin());
  }

  /** What stands between the script and the runtime's arguments, if no output is expected. */
  List<String> arguments(Path runtime) {
    return List.of("-", runtime.toString());
  }
}
