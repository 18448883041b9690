// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.io.IOException;
import java.io.InputStream;

/** Counts what a program prints, and forgets it. */
final class LineCount implements AutoCloseable {
  private final InputStream output;
  private final byte[] buffer = new byte[1 << 16];
  private long printed;
  private long lines;

  LineCount(InputStream output) {
    this.output = output;
  }

  /** Reads what is there, without waiting for more. */
  void readOn() throws IOException {
    while (output.available() > 0) {
      int length = output.read(buffer);
      for (int at = 0; at < length; at++) {
        if (buffer[at] == '\n') {
          lines++;
        }
      }
      printed += Math.max(length, 0);
    }
  }

  CommandWatch.Sight sight(long pid, boolean complained) {
    return new CommandWatch.Sight(pid, printed, lines, complained);
  }

  @Override
  public void close() throws IOException {
    output.close();
  }
}
