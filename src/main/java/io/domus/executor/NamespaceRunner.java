// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import java.io.IOException;

/**
 * Where unmounts happen: in the calling thread's namespace, or in that of a domain being stopped.
 */
public interface NamespaceRunner {
  /** Something done to mounts. */
  @FunctionalInterface
  interface Action {
    void run() throws IOException;
  }

  NamespaceRunner HERE = Action::run;

  void run(Action action) throws IOException;
}
