// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The name of a file as the kernel has it: bytes that need not be text in any encoding. */
public final class FileName {
  private static final char NOT_TEXT = '\ufffd';

  private FileName() {}

  /** A path that came from a directory holds the bytes found there, whatever it prints as. */
  public static byte[] bytes(Path path) {
    String text = path.toString();
    return text.indexOf(NOT_TEXT) < 0 ? text.getBytes(StandardCharsets.UTF_8) : escaped(path);
  }

  /** Only a path's URI shows such bytes: absolute, escaped, with a slash after a directory. */
  private static byte[] escaped(Path path) {
    String uri = path.toUri().getRawPath();
    int begin = path.isAbsolute() ? 0 : Path.of("").toUri().getRawPath().length();
    String name = uri.substring(begin, uri.endsWith("/") ? uri.length() - 1 : uri.length());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(name.length());
    for (int at = 0; at < name.length(); at++) {
      if (name.charAt(at) == '%') {
        bytes.write(Integer.parseInt(name, at + 1, at + 3, 16));
        at += 2;
      } else {
        bytes.write(name.charAt(at));
      }
    }
    return bytes.toByteArray();
  }
}
