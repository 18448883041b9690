// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Condition;
import io.domus.domain.DomainPaths;
import io.domus.domain.DomainState;
import io.domus.domain.GuestExit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * That a guest's end was asked for: whoever clears up after it then knows why it ended, and that it
 * did not crash by itself, even if the process that asked has died since.
 *
 * @param signal what the guest was sent
 */
record EndRequest(Kind kind, int signal) {
  private static final String FILE = "end-request";

  /** By which verb. */
  enum Kind {
    SHUTDOWN("shutdown"),
    /** The same, without a restart. */
    HALT("shutdown"),
    REBOOT("reboot"),
    DESTROY("destroyed"),
    /** It was not ready any more. */
    WATCHDOG("watchdog");

    private final String reason;

    Kind(String reason) {
      this.reason = reason;
    }

    /** How the end is recorded. */
    Condition condition() {
      return Condition.of(this == WATCHDOG ? DomainState.CRASHED : DomainState.SHUT_OFF, reason);
    }

    /** Whether the guest was given no way to end by itself. */
    boolean kills() {
      return this == DESTROY || this == WATCHDOG;
    }
  }

  /** False if the guest ended in another way than it was asked to. */
  boolean explains(Optional<GuestExit> exit) {
    if (exit.isEmpty() || exit.get().status() == 128 + signal) {
      return true;
    }
    return !kind.kills() && exit.get().kind() != GuestExit.Kind.CRASH;
  }

  void write(DomainPaths paths) throws IOException {
    Files.writeString(file(paths), kind + " " + signal);
  }

  static Optional<EndRequest> read(DomainPaths paths) throws IOException {
    try {
      String[] words = Files.readString(file(paths)).split(" ", 2);
      return Optional.of(new EndRequest(Kind.valueOf(words[0]), Integer.parseInt(words[1])));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException cutShort) {
      // Written by a process that died over it, before it sent the signal.
      return Optional.empty();
    }
  }

  static void forget(DomainPaths paths) throws IOException {
    Files.deleteIfExists(file(paths));
  }

  private static Path file(DomainPaths paths) {
    return paths.run().resolve(FILE);
  }
}
