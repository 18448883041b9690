// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.nio.file.Path;

/** An open file descriptor. Closing it twice does nothing the second time. */
public final class Fd implements AutoCloseable {
  private final Syscalls syscalls;
  private final int number;
  private boolean closed;

  /** An open descriptor, to be closed through the calls that opened it. */
  public Fd(Syscalls syscalls, int number) {
    if (number < 0) {
      throw new IllegalArgumentException("not a descriptor: " + number);
    }
    this.syscalls = syscalls;
    this.number = number;
  }

  /** The number; closed descriptors have none. */
  public int number() {
    if (closed) {
      throw new IllegalStateException("descriptor " + number + " is closed");
    }
    return number;
  }

  /** A short name by which this process reaches what the descriptor refers to. */
  public Path path() {
    return Path.of("/proc/self/fd/" + number());
  }

  @Override
  public void close() throws KernelException {
    if (!closed) {
      closed = true;
      syscalls.close(number);
    }
  }

  @Override
  public String toString() {
    return "fd " + number;
  }
}
