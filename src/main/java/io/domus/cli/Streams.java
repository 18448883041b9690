// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.BufferedOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and prints.
 *
 * @param bytes the same as {@code out}; unlike a print stream it fails if nobody reads any more
 */
record Streams(InputStream in, OutputStream bytes, PrintStream out, PrintStream err) {
  private static final int BUFFER = 1 << 13;

  static Streams of(InputStream in, OutputStream stdout, OutputStream stderr) {
    OutputStream buffered = new BufferedOutputStream(stdout, BUFFER);
    return new Streams(
        in,
        buffered,
        new PrintStream(buffered, false, StandardCharsets.UTF_8),
        new PrintStream(stderr, true, StandardCharsets.UTF_8));
  }
}
