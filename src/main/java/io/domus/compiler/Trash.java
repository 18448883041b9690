// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import java.nio.file.Path;

/** The names of what is about to be deleted. */
public final class Trash {
  static final String PREFIX = ".domus-removed-";

  private Trash() {}

  /** Whether somebody was to delete it, if nobody is at it. */
  public static boolean isTrash(Path path) {
    return path.getFileName() != null && path.getFileName().toString().startsWith(PREFIX);
  }
}
