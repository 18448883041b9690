// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.IOException;
import java.io.OutputStream;

/** Our stdout, which remembers why it broke: a print stream over it would keep that to itself. */
final class StandardOutput extends OutputStream {
  private final OutputStream out;
  private Broken failure;

  StandardOutput(OutputStream out) {
    this.out = out;
  }

  /** Nothing can be printed any more. */
  static final class Broken extends IOException {
    private static final long serialVersionUID = 1L;

    Broken(IOException cause) {
      super(cause.getMessage(), cause);
    }

    /** Who has gone has read enough, and need not be told. */
    boolean readerGone() {
      return "Broken pipe".equals(getMessage());
    }
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException cause) {
      failure = new Broken(cause);
      throw failure;
    }
  }

  /** Null as long as all is well. */
  Broken failure() {
    return failure;
  }
}
