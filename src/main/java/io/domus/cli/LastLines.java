// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/** Keeps the last lines of what is written to it. */
final class LastLines extends OutputStream {
  private final int count;
  private final Deque<byte[]> lines = new ArrayDeque<>();
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();

  LastLines(int count) {
    this.count = count;
  }

  @Override
  public void write(int single) {
    open.write(single);
    if (single == '\n') {
      close(open);
    }
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    int start = from;
    for (int index = from; index < from + length; index++) {
      if (bytes[index] == '\n') {
        open.write(bytes, start, index + 1 - start);
        close(open);
        start = index + 1;
      }
    }
    open.write(bytes, start, from + length - start);
  }

  private void close(ByteArrayOutputStream line) {
    keep(line.toByteArray());
    line.reset();
  }

  private void keep(byte[] line) {
    lines.addLast(line);
    if (lines.size() > count) {
      lines.removeFirst();
    }
  }

  /** A last line that has not ended yet counts. */
  void writeTo(OutputStream out) throws IOException {
    if (open.size() > 0) {
      close(open);
    }
    for (byte[] line : lines) {
      out.write(line);
    }
    out.flush();
  }
}
