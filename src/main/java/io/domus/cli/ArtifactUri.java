// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Names of files as URIs: relative to the working directory for what lies below it, which in
 * continuous integration is the checkout.
 */
record ArtifactUri(Path workingDirectory) {
  private static final String PLAIN = "-._~/";

  String of(String name) {
    if (name.equals(InputWalk.STDIN)) {
      return "stdin";
    }
    try {
      Path path = workingDirectory.resolve(name).normalize();
      return path.startsWith(workingDirectory) && !path.equals(workingDirectory)
          ? encode(workingDirectory.relativize(path).toString())
          : "file://" + encode(path.toString());
    } catch (InvalidPathException odd) {
      return encode(name);
    }
  }

  private static String encode(String path) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (octet & 0xFF);
      boolean plain =
          character < 128
              && (Character.isLetterOrDigit(character) || PLAIN.indexOf(character) >= 0);
      encoded.append(plain ? String.valueOf(character) : "%%%02X".formatted((int) character));
    }
    return encoded.toString();
  }
}
