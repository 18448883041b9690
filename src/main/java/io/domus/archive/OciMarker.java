// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import java.io.IOException;

/** How an OCI layer says that something is not there any more: by the names of empty files. */
final class OciMarker {
  /** The head of a name that is gone. */
  static final String PREFIX = ".wh.";

  /** In a directory through which nothing shows. */
  static final String OPAQUE = ".wh..wh..opq";

  private OciMarker() {}

  static boolean isMarker(String name) {
    return name.startsWith(PREFIX);
  }

  /** The name that a marker, which is not {@link #OPAQUE}, says is gone. */
  static String gone(String marker) throws IOException {
    String name = marker.substring(PREFIX.length());
    boolean isName = !name.isEmpty() && !name.equals(".") && !name.equals("..");
    if (!isName || isMarker(name)) {
      throw new IOException("a marker of no known kind");
    }
    return name;
  }
}
