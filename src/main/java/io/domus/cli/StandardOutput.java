// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Our stdout, which remembers why it broke: a print stream over it would keep that to itself. */
final class StandardOutput extends OutputStream {
  private final FileOutputStream out;
  private Optional<IOException> failure = Optional.empty();

  StandardOutput(FileOutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException broken) {
      failure = failure.or(() -> Optional.of(broken));
      throw broken;
    }
  }

  /** The first failure, if any. */
  Optional<IOException> failure() {
    return failure;
  }

  /** Whether this is what became of a stdout whose reader has gone. */
  static boolean readerGone(IOException failure) {
    return "Broken pipe".equals(failure.getMessage());
  }
}
