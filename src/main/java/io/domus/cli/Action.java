// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.IOException;

/** A command: what it may be given, and what it does with that. */
interface Action {
  int OK = 0;
  int FAILED = 1;
  int PARTLY_FAILED = 2;
  int UNREADABLE = 2;
  int USAGE = 2;

  Syntax syntax();

  /** Returns the exit status; failures are thrown. */
  int run(Session session, Arguments arguments) throws IOException;
}
