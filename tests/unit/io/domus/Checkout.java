// SPDX-License-Identifier: Apache-2.0
package io.domus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout that the tests run in. */
public final class Checkout {
  private Checkout() {}

  public static Path path(String relative) {
    return Path.of(System.getProperty("domus.checkout", ".")).resolve(relative);
  }

  /** The regular files below a directory of the checkout, sorted; none if it is not there. */
  static List<Path> files(String directory) throws IOException {
    if (!Files.isDirectory(path(directory))) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(path(directory))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
