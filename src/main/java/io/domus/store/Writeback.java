// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Brings what is being written to the disk meanwhile, so that making it durable in the end takes
 * little time. The kernel tells of a failed write only once: whoever uses this must ask for {@link
 * #failure}.
 */
public final class Writeback implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** Bytes: what is smaller is written at once in the end. */
  private static final long LEAST = 1 << 20;

  /** What is brought to the disk over and over again. */
  @FunctionalInterface
  private interface Round {
    void run() throws IOException;
  }

  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread thread;
  private volatile IOException failure;

  private Writeback(Round round) {
    thread = Thread.ofPlatform().daemon().name("writeback").start(() -> loop(round));
  }

  /** Of one file, by whoever writes it; it must stay open until this is closed. */
  public static Writeback of(FileChannel channel) {
    return new Writeback(() -> channel.force(false));
  }

  /** Of the files in a directory that another process writes; it need not be there yet. */
  public static Writeback in(Path directory) {
    return new Writeback(() -> force(directory));
  }

  private static void force(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) >= LEAST) {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(false);
          }
        }
      }
    } catch (NoSuchFileException gone) {
      // It is not there yet, or it is somebody else's to miss.
    } catch (DirectoryIteratorException unreadable) {
      throw unreadable.getCause();
    }
  }

  private void loop(Round round) {
    try {
      // Nobody interrupts this thread: that would close the channel of whoever writes.
      while (!end.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        round.run();
      }
    } catch (InterruptedException unexpected) {
      failure = new IOException(unexpected);
    } catch (IOException wrong) {
      failure = wrong;
    }
  }

  /** The first that went wrong, once this is closed. */
  public Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Waits for what is under way. */
  @Override
  public void close() {
    end.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException wanted) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
