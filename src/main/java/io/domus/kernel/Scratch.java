// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Native memory for the arguments of one system call, freed when the call is over. */
final class Scratch implements AutoCloseable {
  private final List<Pointer> blocks = new ArrayList<>(2);

  /** Memory full of zeroes. */
  Pointer zeroed(int size) {
    Pointer block = new Pointer(Native.malloc(Math.max(size, 1)));
    blocks.add(block);
    block.clear(size);
    return block;
  }

  long bytes(byte[] content) {
    Pointer block = zeroed(content.length);
    block.write(0, content, 0, content.length);
    return address(block);
  }

  /** A file name, option or the like, ended by a zero byte. */
  long string(Object text) {
    byte[] content =
        text instanceof Path path
            ? FileName.bytes(path)
            : text.toString().getBytes(StandardCharsets.UTF_8);
    Pointer block = zeroed(content.length + 1);
    for (byte b : content) {
      if (b == 0) {
        throw new IllegalArgumentException("a zero byte in '" + text + "'");
      }
    }
    block.write(0, content, 0, content.length);
    return address(block);
  }

  static long address(Pointer block) {
    return Pointer.nativeValue(block);
  }

  @Override
  public void close() {
    for (Pointer block : blocks) {
      Native.free(address(block));
    }
    blocks.clear();
  }
}
