// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.time.Duration;

/**
 * Runs external programs. Always from the calling thread, so that a program is born into the
 * namespaces of that thread. A program that cannot be started, exceeds its time or is interrupted
 * is a {@link CommandException}, and it and all that it has started are gone then; an exit status
 * other than 0 is none.
 */
public interface CommandRunner {

  /** Runs to the end and keeps what it prints. Kills it at the time limit. */
  CommandResult run(Command command, Duration limit) throws CommandException;

  /**
   * The same for what must not be cut short: an interrupt waits until it has ended, and no terminal
   * sends it a signal.
   */
  CommandResult complete(Command command, Duration limit) throws CommandException;

  /**
   * The same, looked at while it runs. What it prints is counted and not kept, only what it
   * complains about is.
   */
  CommandResult run(Command command, Duration limit, CommandWatch watch) throws CommandException;

  /** Runs with our own stdin, stdout and stderr and returns the exit status. */
  int inherit(Command command) throws CommandException;

  /**
   * Starts a program that stays and reports once: returns the first line it prints, empty if it
   * ended or closed its output without one. The program is not waited for.
   */
  FirstLine startReadingFirstLine(Command command, Duration limit) throws CommandException;
}
