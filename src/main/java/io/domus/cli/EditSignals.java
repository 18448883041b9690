// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Signals while a text is in an editor: none makes us forget it. The editor gets those of the
 * terminal by itself and the others from us; while we ask, they end us, and we say where the text
 * is.
 */
final class EditSignals implements AutoCloseable {
  private final PrintStream err;
  private final EditedCopy copy;
  private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
  private boolean asking;
  private Signal missed;

  private EditSignals(PrintStream err, EditedCopy copy) {
    this.err = err;
    this.copy = copy;
  }

  static EditSignals watch(PrintStream err, EditedCopy copy) {
    EditSignals signals = new EditSignals(err, copy);
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      Signal signal = new Signal(name);
      signals.before.put(signal, Signal.handle(signal, signals::handle));
    }
    return signals;
  }

  /** What a person is asked. */
  @FunctionalInterface
  interface Asking<T> {
    T ask() throws IOException;
  }

  /** Asks; a signal is then an answer. */
  <T> T during(Asking<T> question) throws IOException {
    begin();
    try {
      return question.ask();
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    asking = true;
    if (missed != null) {
      leave(missed);
    }
  }

  private synchronized void end() {
    asking = false;
  }

  private synchronized void handle(Signal signal) {
    if (asking) {
      leave(signal);
    }
    // A terminal's signal is for the editor, and often means something else to it than the end.
    if (!signal.getName().equals("INT")) {
      missed = signal;
      ProcessHandle.current().children().forEach(ProcessHandle::destroy);
    }
  }

  private void leave(Signal signal) {
    err.println();
    copy.discard().ifPresent(err::println);
    err.flush();
    Runtime.getRuntime().halt(128 + signal.getNumber());
  }

  @Override
  public void close() {
    before.forEach(Signal::handle);
  }
}
