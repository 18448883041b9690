// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;

/** Builds the command that gives a file to somebody else. */
public final class Chown {
  private Chown() {}

  /**
   * @param id of user and group
   */
  public static Command to(long id, Path file) {
    return Command.of("chown", id + ":" + id, file.toString());
  }
}
