// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;

/** The command line that makes a file so long, without writing into it. */
public final class Truncate {
  private Truncate() {}

  public static Command size(Path file, long bytes) {
    return Command.of("truncate", "--size=" + bytes, file.toString());
  }
}
