// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Whether two bases are the same, without reading what is in the files of a directory.
 *
 * @param text {@code tree:} or {@code file:} and 64 hexadecimal digits
 */
public record BaseFingerprint(String text) {
  private static final Pattern FORM = Pattern.compile("(tree|file):[0-9a-f]{64}");

  public BaseFingerprint {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a fingerprint: " + text);
    }
  }

  /** Of a directory with all below it, or of an image by its content. */
  public static BaseFingerprint of(Syscalls syscalls, Path base) throws IOException {
    throw new UnsupportedOperationException("fingerprint " + base + syscalls);
  }
}
