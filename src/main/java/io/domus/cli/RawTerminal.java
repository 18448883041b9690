// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.kernel.KernelException;
import io.domus.kernel.Syscalls;
import io.domus.kernel.Terminal;

/** A terminal that passes every key on as it is, until it is given back. */
final class RawTerminal implements AutoCloseable {
  private final Syscalls syscalls;
  private final int descriptor;
  private final Terminal before;
  private final Thread atExit = Thread.ofPlatform().unstarted(this::restore);

  private RawTerminal(Syscalls syscalls, int descriptor, Terminal before) {
    this.syscalls = syscalls;
    this.descriptor = descriptor;
    this.before = before;
  }

  static RawTerminal enter(Syscalls syscalls, int descriptor) throws KernelException {
    RawTerminal terminal = new RawTerminal(syscalls, descriptor, syscalls.tcgetattr(descriptor));
    // For the case that a signal ends us.
    Runtime.getRuntime().addShutdownHook(terminal.atExit);
    syscalls.tcsetattr(descriptor, terminal.before.raw());
    return terminal;
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    restore();
  }

  private void restore() {
    try {
      syscalls.tcsetattr(descriptor, before);
    } catch (KernelException gone) {
      // Nobody is left to see a terminal that has been taken away.
      return;
    }
  }
}
