// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import sun.misc.Signal;

/** Signals while another program has our place before the user. */
final class ChildSignals {
  private ChildSignals() {}

  /**
   * We live as long as the program: what a terminal sends reaches it by itself, and what was sent
   * to us alone is passed on.
   */
  static void passOn() {
    Signal.handle(new Signal("INT"), signal -> {});
    Signal.handle(new Signal("TERM"), signal -> terminate());
    Signal.handle(new Signal("HUP"), signal -> terminate());
  }

  private static void terminate() {
    ProcessHandle.current().children().forEach(ProcessHandle::destroy);
  }
}
