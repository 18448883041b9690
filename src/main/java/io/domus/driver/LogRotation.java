// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainPaths;
import io.domus.store.Configuration;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Keeps console logs finite. conmon would throw lines away at a limit of its own, so it has none:
 * the file is renamed under it, and then it is told to open a new one. Nothing is lost between.
 */
public final class LogRotation {
  private LogRotation() {}

  /** The domain's lock must be held: two rotations at once would lose a file. */
  static void rotate(DomainPaths paths, int kept) throws IOException {
    Path log = paths.log();
    for (int number = kept - 1; number >= 1; number--) {
      Path older = numbered(log, number);
      if (Files.exists(older)) {
        Files.move(older, numbered(log, number + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.move(log, numbered(log, 1), StandardCopyOption.REPLACE_EXISTING);
    reopen(paths.bundle().resolve("ctl"));
  }

  static boolean isDue(DomainPaths paths, Configuration configuration) throws IOException {
    return Files.exists(paths.log()) && Files.size(paths.log()) > configuration.consoleLogSize();
  }

  static Path numbered(Path log, int number) {
    return log.resolveSibling(log.getFileName() + "." + number);
  }

  private static void reopen(Path control) throws IOException {
    // Opened for both: a fifo without a reader would make a writer wait for ever.
    if (Files.exists(control)) {
      try (FileChannel channel =
          FileChannel.open(control, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap("2 0 0\n".getBytes(StandardCharsets.US_ASCII)));
      }
    }
  }
}
