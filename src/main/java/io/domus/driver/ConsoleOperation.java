// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainPaths;
import io.domus.domain.DomainState;
import io.domus.domain.OperationFailedException;
import io.domus.domain.Transitions;
import io.domus.domain.Verb;
import io.domus.kernel.Fd;
import io.domus.kernel.OpenFlag;
import io.domus.kernel.Syscalls;
import io.domus.store.DomainRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Attaches to a guest's console until the guest ends or the user leaves with ^]. */
public final class ConsoleOperation {
  /** virsh's and telnet's escape: control and right bracket. */
  private static final int ESCAPE = 0x1d;

  /** conmon sends at most 8 KiB and a byte that names the stream. */
  private static final int PACKET = 8193;

  /** How soon it is noticed that the user has left. */
  private static final Duration PATIENCE = Duration.ofMillis(50);

  private final Driver driver;

  public ConsoleOperation(Driver driver) {
    this.driver = driver;
  }

  /** Whether the guest has a terminal or only pipes. */
  public boolean hasTerminal(String name) {
    DomainRecord record = running(name);
    return new DefinitionReader(driver)
        .recorded(name, record).domain().consoles().stream()
            .anyMatch(console -> console.type().equals("pty"));
  }

  /** Returns when the guest has ended, {@code in} has, or the escape was typed. */
  public void run(String name, InputStream in, OutputStream out) {
    running(name);
    DomainPaths paths = driver.layout().domain(name);
    Syscalls syscalls = driver.syscalls();
    // A socket's name holds 108 bytes, and a bundle's path may be longer: named by descriptor.
    try (Fd bundle = syscalls.open(paths.bundle(), OpenFlag.PATH, OpenFlag.DIRECTORY);
        Fd socket = syscalls.socket()) {
      syscalls.connect(socket, Path.of(bundle.path() + "/attach"));
      Thread reader = Thread.ofPlatform().daemon().start(() -> forward(in, socket));
      receive(socket, out, reader);
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot open the console of domain '" + name + "': " + failure.getMessage(), failure);
    }
  }

  private DomainRecord running(String name) {
    Optional<DomainRecord> record = new DomainView(driver).record(name);
    DomainState state =
        record.map(found -> LiveState.condition(found).state()).orElse(DomainState.SHUT_OFF);
    Transitions.check(name, state, Verb.CONSOLE);
    DomainRecord found = record.orElseThrow();
    if (!LiveState.monitorAlive(found)) {
      throw new OperationFailedException(
          "cannot open the console of domain '" + name + "': its monitor is lost");
    }
    return found;
  }

  /** Always drains: a client that does not would block the guest. */
  private void receive(Fd socket, OutputStream out, Thread reader) throws IOException {
    while (reader.isAlive()) {
      if (!driver.syscalls().poll(socket, PATIENCE)) {
        continue;
      }
      byte[] packet = driver.syscalls().receive(socket, PACKET);
      if (packet.length == 0) {
        return;
      }
      out.write(packet, 1, packet.length - 1);
      out.flush();
    }
  }

  private void forward(InputStream in, Fd socket) {
    byte[] buffer = new byte[4096];
    try {
      while (true) {
        int length = in.read(buffer);
        int escape = indexOfEscape(buffer, length);
        int send = escape >= 0 ? escape : length;
        if (send > 0) {
          driver.syscalls().send(socket, Arrays.copyOf(buffer, send));
        }
        if (escape >= 0 || length < 0) {
          return;
        }
      }
    } catch (IOException ended) {
      return;
    }
  }

  private static int indexOfEscape(byte[] buffer, int length) {
    for (int index = 0; index < length; index++) {
      if (buffer[index] == ESCAPE) {
        return index;
      }
    }
    return -1;
  }
}
