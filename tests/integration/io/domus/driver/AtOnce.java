// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same to many domains at the same time. */
final class AtOnce {
  private AtOnce() {}

  /** What is done to one of them. */
  @FunctionalInterface
  interface ForOne {
    void run(String name) throws Exception;
  }

  /**
   * @throws java.util.concurrent.ExecutionException with what one of them has thrown
   */
  static void run(List<String> names, int threads, ForOne action) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Callable<Void>> calls = new ArrayList<>();
      for (String name : names) {
        calls.add(
            () -> {
              action.run(name);
              return null;
            });
      }
      for (Future<Void> result : pool.invokeAll(calls)) {
        result.get();
      }
    }
  }
}
