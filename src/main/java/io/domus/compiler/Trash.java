// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import java.nio.file.Path;

/** The names of what is about to be deleted. */
public final class Trash {
  static final String PREFIX = ".domus-removed-";

  private Trash() {}

  /** A name in a directory for what is to go whatever becomes of who made it. */
  public static Path in(Path directory, String id) {
    return directory.resolve(PREFIX + id);
  }

  /** Whether somebody was to delete it, if nobody is at it. */
  public static boolean isTrash(Path path) {
    return path.getFileName() != null && path.getFileName().toString().startsWith(PREFIX);
  }
}
