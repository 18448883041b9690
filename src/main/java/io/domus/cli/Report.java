// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.IOException;

/** Prints what came of documents, one after the other. */
interface Report {
  void add(Outcome outcome) throws IOException;

  /** Nothing more is added; the command ends with this exit status. */
  void end(int status) throws IOException;
}
