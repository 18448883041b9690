// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Signals while something is done that can be taken back: the first that would end us interrupts
 * the thread that does it, which then takes it back; a second one ends us where we are, and what
 * was written down is taken back by whoever comes next.
 */
final class InterruptSignals implements AutoCloseable {
  private final Thread thread;
  private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
  private Signal first;

  private InterruptSignals(Thread thread) {
    this.thread = thread;
  }

  static InterruptSignals watch(Thread thread) {
    InterruptSignals signals = new InterruptSignals(thread);
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      Signal signal = new Signal(name);
      signals.before.put(signal, Signal.handle(signal, signals::handle));
    }
    return signals;
  }

  /** What a command does; returns the exit status. */
  @FunctionalInterface
  interface Work {
    int run() throws IOException;
  }

  /** A command that a signal ended says why, and ends with 128 and the signal's number. */
  static int during(Session session, Work work) throws IOException {
    try (InterruptSignals signals = watch(Thread.currentThread())) {
      try {
        return work.run();
      } catch (DomainException | IOException failure) {
        if (signals.status().isEmpty()) {
          throw failure;
        }
        session.out().flush();
        session.errors().print(failure);
        return signals.status().get();
      }
    }
  }

  /** The exit status of a program that was ended by the signal that came, if one came. */
  synchronized Optional<Integer> status() {
    return Optional.ofNullable(first).map(signal -> 128 + signal.getNumber());
  }

  private synchronized void handle(Signal signal) {
    if (first != null) {
      Runtime.getRuntime().halt(128 + signal.getNumber());
    }
    first = signal;
    thread.interrupt();
  }

  /** Signals are again what they were; the interrupt has done its work and disturbs nobody else. */
  @Override
  public void close() {
    before.forEach(Signal::handle);
    synchronized (this) {
      if (first != null && Thread.currentThread() == thread) {
        Thread.interrupted();
      }
    }
  }
}
