// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The settings of a terminal, as the kernel's {@code struct termios}. */
public final class Terminal {
  static final int SIZE = 36;

  private static final int INPUT = 0;
  private static final int OUTPUT = 4;
  private static final int CONTROL = 8;
  private static final int LOCAL = 12;
  private static final int VTIME = 17 + 5;
  private static final int VMIN = 17 + 6;

  private final byte[] bytes;

  Terminal(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** These settings made raw as cfmakeraw(3) does: every key reaches the reader as it is. */
  public Terminal raw() {
    ByteBuffer raw = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.nativeOrder());
    raw.putInt(INPUT, raw.getInt(INPUT) & ~02753);
    raw.putInt(OUTPUT, raw.getInt(OUTPUT) & ~01);
    raw.putInt(CONTROL, (raw.getInt(CONTROL) & ~0460) | 060);
    raw.putInt(LOCAL, raw.getInt(LOCAL) & ~0100113);
    raw.put(VTIME, (byte) 0);
    raw.put(VMIN, (byte) 1);
    return new Terminal(raw.array());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Terminal that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
