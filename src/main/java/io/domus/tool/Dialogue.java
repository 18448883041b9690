// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A program that is talked with: it gets lines and answers with lines. It ends when the talk does,
 * since its input ends then, which a killed owner sees to as well.
 */
public final class Dialogue implements AutoCloseable {
  private static final Duration LEAVE = Duration.ofSeconds(60);

  private static final int LONGEST_COMPLAINT = 1 << 16;

  private final Command command;
  private final Process process;
  private final Writer input;
  private final BlockingQueue<Optional<String>> heard = new LinkedBlockingQueue<>();
  private final StringBuffer complaints = new StringBuffer();
  private final Thread complaining;

  private Dialogue(Command command, Process process) {
    this.command = command;
    this.process = process;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    Thread.ofPlatform().daemon().start(this::listen);
    this.complaining = Thread.ofPlatform().daemon().start(this::complain);
  }

  /** In a session of its own: ^C is for whoever leads the talk. */
  public static Dialogue start(Command command) throws CommandException {
    List<String> argv = new ArrayList<>(command.argv());
    argv.addFirst("setsid");
    ProcessBuilder builder = new ProcessBuilder(argv);
    builder.environment().putAll(command.env());
    try {
      return new Dialogue(command, builder.start());
    } catch (IOException failure) {
      throw new CommandException(
          "cannot run " + command.program() + ": " + failure.getMessage(), failure);
    }
  }

  private void listen() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        heard.add(Optional.of(line));
      }
    } catch (IOException broken) {
      complaints.append(broken.getMessage()).append('\n');
    }
    heard.add(Optional.empty());
  }

  private void complain() {
    try (BufferedReader output = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (complaints.length() < LONGEST_COMPLAINT) {
          complaints.append(line).append('\n');
        }
      }
    } catch (IOException broken) {
      complaints.append(broken.getMessage()).append('\n');
    }
  }

  public void tell(String line) throws CommandException {
    try {
      input.write(line + "\n");
      input.flush();
    } catch (IOException gone) {
      throw new CommandException(
          command.program() + " does not listen any more: " + gone.getMessage(), gone);
    }
  }

  /**
   * The next line, waited for as long as the program lives; empty if it has ended.
   *
   * @throws InterruptedException if somebody wants us to end; what comes later is not lost
   */
  public Optional<String> hear() throws InterruptedException {
    Optional<String> line = heard.take();
    if (line.isEmpty()) {
      heard.add(line);
    }
    return line;
  }

  /** How a program ended that has said its last word. */
  public CommandResult result() throws InterruptedException {
    if (!process.waitFor(LEAVE.toNanos(), TimeUnit.NANOSECONDS)) {
      process.destroyForcibly().waitFor();
    }
    complaining.join(LEAVE);
    return new CommandResult(process.exitValue(), "", complaints.toString());
  }

  /** Says that there is nothing more to be said, and waits for the program's end. */
  @Override
  public void close() {
    boolean wanted = Thread.interrupted();
    try {
      input.close();
    } catch (IOException gone) {
      complaints.append(gone.getMessage()).append('\n');
    }
    try {
      result();
    } catch (InterruptedException again) {
      process.destroyForcibly();
      wanted = true;
    } finally {
      if (wanted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
