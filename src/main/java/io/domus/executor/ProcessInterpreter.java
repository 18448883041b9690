// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.kernel.Errno;
import io.domus.kernel.Fd;
import io.domus.kernel.KernelException;
import io.domus.kernel.ProcessFacts;
import io.domus.kernel.Signal;
import io.domus.kernel.Syscalls;
import io.domus.plan.NetworkStep;
import io.domus.plan.Step;
import io.domus.store.ProcessId;
import io.domus.tool.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Processes that a file names: signalled and waited for by pidfd, and only if it is still the
 * process that the file meant.
 */
public final class ProcessInterpreter {
  private static final Duration HELPER_PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Syscalls syscalls;
  private final MonitorCgroup home;

  /**
   * @param home where the monitors and helpers live that are waited for
   */
  public ProcessInterpreter(Syscalls syscalls, MonitorCgroup home) {
    this.syscalls = syscalls;
    this.home = home;
  }

  void signal(Step.SignalGuest step) throws IOException {
    try (Handle process = open(step.pidFile())) {
      if (process.pidfd().isPresent()) {
        send(process.pidfd().get(), step.signal());
      }
    }
  }

  void signalHelper(NetworkStep.SignalHelper step) throws IOException {
    try (Handle process = open(step.record())) {
      if (process.pidfd().isPresent()) {
        send(process.pidfd().get(), step.signal());
      }
    }
  }

  /**
   * Ends what was started and not recorded. Found by their whole command lines: nobody else's
   * program has a file of ours as argument. A daemon forks, hence again until there is none.
   */
  private void endUnrecorded(Command command) throws IOException {
    RunningPrograms.awaitBirths();
    List<Integer> pids = RunningPrograms.with(command.argv());
    while (!pids.isEmpty()) {
      for (int pid : pids) {
        endProgram(pid, command);
      }
      pids = RunningPrograms.with(command.argv());
    }
  }

  private void endProgram(int pid, Command command) throws IOException {
    try (Fd pidfd = syscalls.pidfdOpen(pid)) {
      if (RunningPrograms.has(pid, command.argv())) {
        send(pidfd, Signal.TERM.number());
        if (!syscalls.poll(pidfd, HELPER_PATIENCE)) {
          throw new IOException("process " + pid + " did not end: " + command);
        }
      }
    } catch (KernelException failure) {
      if (!failure.errno().equals(Errno.ESRCH)) {
        throw failure;
      }
    }
  }

  void awaitEnd(Step.AwaitEnd step) throws IOException {
    try (Handle process = open(step.pidFile())) {
      await(process, step.timeout(), step.pidFile());
    }
    home.leave();
  }

  void removeCgroup(Step.RemoveCgroup step) throws IOException {
    new CgroupRemoval(syscalls).remove(step);
  }

  void stopHelper(Step.StopHelper step) throws IOException {
    try (Handle process = open(step.record())) {
      if (process.pidfd().isPresent()) {
        send(process.pidfd().get(), Signal.TERM.number());
        await(process, HELPER_PATIENCE, step.record());
      } else {
        endUnrecorded(step.command());
      }
    }
    home.leave();
    Files.deleteIfExists(FileInterpreter.temporary(step.record()));
    Files.deleteIfExists(step.record());
  }

  /** The pid file shows the container; without it and without a monitor none is coming. */
  void awaitSettled(Step.AwaitSettled step) throws IOException {
    long deadline = System.nanoTime() + step.timeout().toNanos();
    while (!Files.exists(step.pidFile()) && System.nanoTime() < deadline) {
      try (Handle monitor = open(step.monitor())) {
        if (monitor.pidfd().isEmpty() || syscalls.poll(monitor.pidfd().get(), Duration.ZERO)) {
          return;
        }
        syscalls.poll(monitor.pidfd().get(), PAUSE);
      }
    }
  }

  private void send(Fd pidfd, int signal) throws IOException {
    try {
      syscalls.pidfdSendSignal(pidfd, new Signal(signal));
    } catch (KernelException failure) {
      if (!failure.errno().equals(Errno.ESRCH)) {
        throw failure;
      }
    }
  }

  private void await(Handle process, Duration timeout, Path file) throws IOException {
    if (process.pidfd().isPresent() && !syscalls.poll(process.pidfd().get(), timeout)) {
      throw new IOException(
          "the process of " + file + " did not end in " + timeout.toSeconds() + " s");
    }
  }

  /** A process held by descriptor, or nothing if it is gone. */
  private record Handle(Optional<Fd> pidfd) implements AutoCloseable {
    @Override
    public void close() throws KernelException {
      if (pidfd.isPresent()) {
        pidfd.get().close();
      }
    }
  }

  private Handle open(Path file) throws IOException {
    Optional<String> text = read(file);
    if (text.isEmpty()) {
      return new Handle(Optional.empty());
    }
    Optional<ProcessId> identity = identity(text.get());
    if (identity.isEmpty()) {
      return new Handle(Optional.empty());
    }
    try {
      Fd pidfd = syscalls.pidfdOpen(identity.get().pid());
      // Opened first, compared second: now the pid cannot be given away any more.
      if (alive(identity.get())) {
        return new Handle(Optional.of(pidfd));
      }
      pidfd.close();
      return new Handle(Optional.empty());
    } catch (KernelException failure) {
      if (failure.errno().equals(Errno.ESRCH)) {
        return new Handle(Optional.empty());
      }
      throw failure;
    }
  }

  public static boolean alive(ProcessId id) {
    return new ProcessFacts(id.pid(), id.startTime(), id.bootId()).isAlive();
  }

  /** The bare pid of a file that a program wrote, or that of an identity. */
  static int pid(Path file) throws IOException {
    return Integer.parseInt(Files.readString(file).strip().split(" ", -1)[0]);
  }

  /**
   * Completes a pid file that a program has just written, so that the pid cannot be mistaken for a
   * later process. One that is complete already is only read.
   */
  public static ProcessId identify(Path file) throws IOException {
    String text = Files.readString(file).strip();
    if (text.indexOf(' ') >= 0) {
      return ProcessId.parse(text);
    }
    ProcessId identity =
        identity(text)
            .orElseThrow(() -> new IOException("process " + text + " of " + file + " is gone"));
    Path complete = FileInterpreter.temporary(file);
    Files.writeString(complete, identity + "\n");
    Files.move(complete, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    return identity;
  }

  /** A bare pid was written a moment ago, by a program that this operation started. */
  private static Optional<ProcessId> identity(String text) {
    if (text.indexOf(' ') >= 0) {
      return Optional.of(ProcessId.parse(text));
    }
    int pid = Integer.parseInt(text);
    return ProcessFacts.of(pid).map(facts -> new ProcessId(pid, facts.startTime(), facts.bootId()));
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      String text = Files.readString(file).strip();
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }
}
