// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.ConsoleOperation;
import io.domus.kernel.Syscalls;
import java.io.IOException;

final class ConsoleCommand implements Action {
  private static final int STDIN = 0;

  @Override
  public Syntax syntax() {
    return Syntax.of("console", "Attach this terminal to the console of a guest.")
        .domain()
        .footer("Control and ] leaves the console.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    session.requireRoot("console");
    String name = session.find(arguments.one(0));
    ConsoleOperation console = new ConsoleOperation(session.driver());
    boolean terminal = console.hasTerminal(name);
    session.say("Connected to domain '" + name + "'");
    session.say("Escape character is ^] (Ctrl + ])");
    session.out().flush();
    Syscalls syscalls = session.driver().syscalls();
    try (AutoCloseable _ =
        terminal && syscalls.isatty(STDIN) ? RawTerminal.enter(syscalls, STDIN) : () -> {}) {
      console.run(name, session.streams().in(), session.streams().bytes());
    } catch (IOException | RuntimeException failure) {
      throw failure;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
    session.out().println();
    return OK;
  }
}
