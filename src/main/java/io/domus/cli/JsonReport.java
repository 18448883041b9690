// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.IOException;
import java.io.PrintStream;

/** A list with an entry for each document, printed as they come. */
final class JsonReport implements Report {
  private final PrintStream out;
  private String before = "[ ";

  JsonReport(PrintStream out) {
    this.out = out;
  }

  @Override
  public void add(Outcome outcome) throws IOException {
    out.print(before + Json.render(FaultJson.outcome(outcome)).strip());
    before = ", ";
  }

  @Override
  public void end(int status) {
    out.print(before.equals("[ ") ? "[ ]\n" : " ]\n");
  }
}
