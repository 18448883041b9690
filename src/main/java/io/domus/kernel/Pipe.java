// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

/** The two ends of a pipe. */
public record Pipe(Fd reader, Fd writer) implements AutoCloseable {
  @Override
  public void close() throws KernelException {
    try (reader) {
      writer.close();
    }
  }
}
