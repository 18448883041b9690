// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.tool.CommandWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Looks at cp: ends it at its first complaint, since it would go on with the other files and
 * complain of each, and measures how far it is.
 *
 * <p>Inodes are the lines that it prints. Bytes are what the kernel says cp has written into the
 * page cache. That moves while one large file is copied, even within a single copy_file_range call,
 * which neither cp's output nor its file positions do; and unlike the free space of the target it
 * does not move for anybody else.
 */
final class CopyWatch implements CommandWatch {
  private final CopyProgress progress;
  private final CopyScan<CopySource> scan;
  private final boolean shared;
  private Optional<CopySource> told = Optional.empty();
  private long toldBytes;
  private long toldInodes;
  private long pid;
  private long bytes;
  private long inodes;
  private boolean complained;

  /**
   * A watch for all cps of one copy.
   *
   * @param shared whether no content needs to be written
   */
  CopyWatch(CopyProgress progress, CopyScan<CopySource> scan, boolean shared) {
    this.progress = progress;
    this.scan = scan;
    this.shared = shared;
  }

  /** Whether cp was ended for a complaint, or ended after one. */
  boolean complained() {
    return complained;
  }

  @Override
  public boolean goOn(Sight sight) {
    complained |= sight.complained();
    if (progress != CopyProgress.NONE) {
      tell(sight);
    }
    return !complained;
  }

  /** What was done before the total is known is told after it. */
  private void tell(Sight sight) {
    if (sight.pid() != pid) {
      pid = sight.pid();
      bytes = 0;
      inodes = 0;
    }
    if (told.isEmpty()) {
      told = scan.found();
      told.ifPresent(source -> progress.total(shared ? 0 : source.bytes(), source.inodes()));
    }
    long written = Math.max(bytes, written(sight));
    if (told.isPresent() && (written > bytes || sight.lines() > inodes)) {
      advance(written - bytes, sight.lines() - inodes);
      bytes = written;
      inodes = sight.lines();
    }
  }

  private void advance(long moreBytes, long moreInodes) {
    toldBytes += moreBytes;
    toldInodes += moreInodes;
    progress.advanced(moreBytes, moreInodes);
  }

  /** All is copied: what cp did since it was last looked at is told, too. */
  void finish() {
    told.ifPresent(
        source ->
            advance(
                shared ? 0 : Math.max(0, source.bytes() - toldBytes),
                Math.max(0, source.inodes() - toldInodes)));
  }

  /** On filesystems without a page cache of that kind what was passed to write(2) has to do. */
  private static long written(Sight sight) {
    long dirtied = 0;
    long passed = 0;
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + sight.pid() + "/io"))) {
        if (line.startsWith("write_bytes: ")) {
          dirtied = Long.parseLong(line.substring("write_bytes: ".length()));
        } else if (line.startsWith("wchar: ")) {
          passed = Long.parseLong(line.substring("wchar: ".length()));
        }
      }
    } catch (IOException ended) {
      return 0;
    }
    return Math.max(dirtied, passed - sight.printed());
  }
}
