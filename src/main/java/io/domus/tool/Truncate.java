// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;

/** Command lines of truncate(1). */
public final class Truncate {
  private Truncate() {}

  /** Gives a file its size, and makes it if it is not there; what is added is a hole. */
  public static Command to(Path file, long bytes) {
    return Command.of("truncate", "--size=" + bytes, file.toString());
  }
}
