// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.IOException;

/** A command whose options have been parsed. */
@FunctionalInterface
interface Action {
  int OK = 0;
  int FAILED = 1;
  int PARTLY_FAILED = 2;
  int UNREADABLE = 2;
  int USAGE = 2;

  /** Returns the exit status; failures are thrown. */
  int run() throws IOException;
}
