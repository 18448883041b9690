// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.GuestPath;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Paths as configurations write them. */
final class PathText {
  private PathText() {}

  /** A path of the host, empty if it is not absolute or this process has no way to name it. */
  static Optional<Path> host(String text) {
    if (!text.startsWith("/")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException unnameable) {
      return Optional.empty();
    }
  }

  /** A path of the guest, from its root; empty if it goes up. */
  static Optional<GuestPath> guest(String text) {
    List<String> names = new ArrayList<>();
    for (String name : text.split("/", -1)) {
      if (name.equals("..")) {
        return Optional.empty();
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return Optional.of(new GuestPath("/" + String.join("/", names)));
  }

  static String fileName(String path) {
    String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return bare.substring(bare.lastIndexOf('/') + 1);
  }

  /** The directory that a path lies in, without a slash behind it. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "" : path.substring(0, slash);
  }
}
