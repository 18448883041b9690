// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import io.domus.kernel.Stat;
import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Whether two bases are the same. Of an image it is the SHA-256 of the content. Of a directory it
 * is one of all that the inodes below it are, their times of change included, and not of what is in
 * the files: that takes a second where reading takes minutes, and a file that differs at the same
 * size and nanosecond was made so on purpose.
 *
 * @param text {@code tree:} or {@code file:} and 64 hexadecimal digits
 */
public record BaseFingerprint(String text) {
  private static final Pattern FORM = Pattern.compile("(tree|file):[0-9a-f]{64}");
  private static final int BUFFER = 1 << 20;

  public BaseFingerprint {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a fingerprint: " + text);
    }
  }

  /**
   * Of a directory with all below it that is on its filesystem, or of an image.
   *
   * <p>The same for a copy by {@code cp -a} or {@code rsync -aHAX}. Times of directories do not
   * count: a guest's runtime makes mount points in a base and takes them away. Attributes of
   * overlayfs count as far as they say what a layer shows.
   */
  public static BaseFingerprint of(Syscalls syscalls, Path base) throws IOException {
    Stat stat = syscalls.stat(base);
    MessageDigest digest = Sha256.start();
    if (stat.isDirectory()) {
      new TreeFacts(syscalls, digest).add(base.toRealPath());
    } else {
      read(base, digest);
    }
    return new BaseFingerprint(
        (stat.isDirectory() ? "tree:" : "file:") + HexFormat.of().formatHex(digest.digest()));
  }

  private static void read(Path file, MessageDigest digest) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (Thread.currentThread().isInterrupted()) {
          throw new IOException("interrupted while " + file + " was read");
        }
        digest.update(buffer, 0, count);
      }
    }
  }
}
