// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.ResourceBusyException;
import io.domus.kernel.LinuxSyscalls;
import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between threads and between processes; flock(1) is the other process. */
class DomainLockTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Syscalls syscalls = new LinuxSyscalls();
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("locks/web");
  }

  private boolean freeForOthers() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("flock", "--nonblock", file.toString(), "true").inheritIO().start();
    return process.waitFor() == 0;
  }

  @Test
  void oneHolderAtATime() throws IOException, InterruptedException {
    try (DomainLock lock = DomainLock.tryTake(syscalls, file).orElseThrow()) {
      assertEquals(Optional.empty(), DomainLock.tryTake(syscalls, file), lock::toString);
      assertTrue(!freeForOthers());
    }
    assertTrue(freeForOthers());
    DomainLock.tryTake(syscalls, file).orElseThrow().close();
  }

  /** As Java's own file locks would: they vanish with any close of the file in the process. */
  @Test
  void closingTheFileElsewhereInTheProcessDoesNotFreeIt() throws IOException, InterruptedException {
    try (DomainLock _ = DomainLock.tryTake(syscalls, file).orElseThrow()) {
      FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE).close();
      assertTrue(!freeForOthers());
    }
  }

  @Test
  void aHolderInAnotherProcessIsRespectedAndItsDeathNoticed()
      throws IOException, InterruptedException {
    DomainLock.tryTake(syscalls, file).orElseThrow().close();
    Process holder =
        new ProcessBuilder(
                "flock", "--no-fork", file.toString(), "sh", "-c", "echo held; exec sleep 600")
            .start();
    try {
      assertEquals('h', holder.getInputStream().read());
      assertEquals(Optional.empty(), DomainLock.tryTake(syscalls, file));
      ResourceBusyException busy =
          assertThrows(
              ResourceBusyException.class,
              () ->
                  DomainLock.take(
                      syscalls, file, Duration.ofMillis(30), "cannot start domain 'web'"));
      assertEquals(
          "cannot start domain 'web': another operation is at work on it", busy.getMessage());
    } finally {
      holder.destroyForcibly().waitFor();
    }
    DomainLock.take(syscalls, file, LONG, "").close();
  }

  @Test
  void threadsTakeTurns() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    List<Callable<Integer>> visits = new ArrayList<>();
    for (int visit = 0; visit < 40; visit++) {
      visits.add(
          () -> {
            try (DomainLock _ = DomainLock.take(syscalls, file, LONG, "cannot visit")) {
              int crowd = inside.incrementAndGet();
              Thread.onSpinWait();
              inside.decrementAndGet();
              return crowd;
            }
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Integer> crowd : threads.invokeAll(visits)) {
        assertEquals(1, crowd.get());
      }
    }
  }

  @Test
  void whatCannotBeLockedIsNamed() throws IOException {
    DomainLock.tryTake(syscalls, file).orElseThrow().close();
    Path below = file.resolve("below");
    IOException failure =
        assertThrows(IOException.class, () -> DomainLock.tryTake(syscalls, below));
    assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
  }
}
