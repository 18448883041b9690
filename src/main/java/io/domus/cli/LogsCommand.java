// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.LogReader;
import java.io.IOException;
import java.io.OutputStream;

final class LogsCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("logs", "Print what a guest wrote to its console.")
        .flag("Go on until the guest ends.", "-f", "--follow")
        .count("LINES", "Begin with the last lines only.", "-n", "--tail")
        .domain();
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    LogReader reader = new LogReader(session.driver(), session.find(arguments.one(0)));
    OutputStream out = session.streams().bytes();
    Integer tail = arguments.value("--tail", null);
    if (tail != null) {
      LastLines last = new LastLines(tail);
      reader.drain(last);
      last.writeTo(out);
    }
    if (arguments.flag("--follow")) {
      reader.follow(out);
    } else {
      reader.drain(out);
    }
    return OK;
  }
}
