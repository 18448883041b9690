// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import io.domus.domain.ResourceBusyException;
import io.domus.kernel.Fd;
import io.domus.kernel.KernelException;
import io.domus.kernel.LockOperation;
import io.domus.kernel.OpenFlag;
import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One operation on a domain at a time, over all processes. By flock(2): the kernel gives the lock
 * back when its holder dies, and Java's own file locks would vanish with any close in the process.
 */
public final class DomainLock implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final Fd fd;

  private DomainLock(Fd fd) {
    this.fd = fd;
  }

  /** The lock if nobody holds it. */
  public static Optional<DomainLock> tryTake(Syscalls syscalls, Path file) throws IOException {
    return tryTake(syscalls, file, LockOperation.TRY_EXCLUSIVE);
  }

  private static Optional<DomainLock> tryTake(Syscalls syscalls, Path file, LockOperation how)
      throws IOException {
    Files.createDirectories(file.getParent());
    try {
      Fd fd = syscalls.open(file, Set.of(OpenFlag.RDWR, OpenFlag.CREAT), 0600);
      if (syscalls.flock(fd, how)) {
        return Optional.of(new DomainLock(fd));
      }
      fd.close();
      return Optional.empty();
    } catch (KernelException failure) {
      throw new IOException("cannot lock " + file + ": " + failure.getMessage(), failure);
    }
  }

  /**
   * Waits for the lock.
   *
   * @param doing completes the message "domain 'web' is busy"
   * @throws ResourceBusyException if another operation holds it all that time
   */
  public static DomainLock take(Syscalls syscalls, Path file, Duration patience, String doing)
      throws IOException {
    return take(syscalls, file, LockOperation.TRY_EXCLUSIVE, patience, doing);
  }

  /** Waits for a lock that others may share, but nobody hold alone meanwhile. */
  public static DomainLock share(Syscalls syscalls, Path file, Duration patience, String doing)
      throws IOException {
    return take(syscalls, file, LockOperation.TRY_SHARED, patience, doing);
  }

  private static DomainLock take(
      Syscalls syscalls, Path file, LockOperation how, Duration patience, String doing)
      throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<DomainLock> lock = tryTake(syscalls, file, how);
      if (lock.isPresent()) {
        return lock.get();
      }
      if (System.nanoTime() >= deadline) {
        throw new ResourceBusyException(doing + ": another operation is at work on it");
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for " + file, interrupted);
      }
    }
  }

  @Override
  public void close() throws IOException {
    fd.close();
  }
}
