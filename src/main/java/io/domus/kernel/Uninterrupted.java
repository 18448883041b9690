// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.io.IOException;

/**
 * Does what has to be done even if somebody wants us to end: the interrupt waits meanwhile. One
 * that comes in the middle may cut the work short; it is then done again, as it would be after a
 * crash.
 */
public final class Uninterrupted {
  private Uninterrupted() {}

  /** What may be begun anew. */
  @FunctionalInterface
  public interface Work {
    void run() throws IOException;
  }

  /** The same with something to say. */
  @FunctionalInterface
  public interface Question<T> {
    T answer() throws IOException;
  }

  public static void run(Work work) throws IOException {
    get(
        () -> {
          work.run();
          return null;
        });
  }

  public static <T> T get(Question<T> question) throws IOException {
    boolean wanted = Thread.interrupted();
    try {
      while (true) {
        try {
          return question.answer();
        } catch (IOException | RuntimeException failure) {
          if (!Thread.interrupted()) {
            throw failure;
          }
          wanted = true;
        }
      }
    } finally {
      if (wanted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
