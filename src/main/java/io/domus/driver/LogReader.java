// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads on in a domain's console log, through all its rotations. */
public final class LogReader {
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** How long a monitor may take to write down the last words of its guest. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(3);

  private static final int BUFFER = 1 << 16;

  private final Driver driver;
  private final String name;
  private final Path log;
  private final Optional<Instant> since;

  /** The file being read, by what a rotation leaves alone; null before the first. */
  private Object key;

  private long offset;

  public LogReader(Driver driver, String name) {
    this(driver, name, Optional.empty());
  }

  /** Of what was written from an instant on. */
  static LogReader since(Driver driver, String name, Instant instant) {
    return new LogReader(driver, name, Optional.of(instant));
  }

  private LogReader(Driver driver, String name, Optional<Instant> since) {
    this.driver = driver;
    this.name = name;
    this.since = since;
    this.log = driver.layout().domain(name).log();
  }

  /** Copies what is there and has not been read yet. */
  public void drain(OutputStream out) throws IOException {
    boolean reading = true;
    while (reading) {
      reading = step(out);
    }
    out.flush();
  }

  /** Copies what is there and what comes, until the guest has ended or {@code out} fails. */
  public void follow(OutputStream out) throws IOException {
    boolean alive = true;
    while (alive) {
      // Asked before reading: what a guest says before it ends is then there to be read.
      alive = new DomainView(driver).one(name).condition().state().active();
      drain(out);
      pause(alive);
    }
    long deadline = System.nanoTime() + LAST_WORDS.toNanos();
    while (unsettled() && System.nanoTime() < deadline) {
      pause(true);
      drain(out);
    }
    drain(out);
  }

  private boolean unsettled() {
    return new DomainView(driver).record(name).filter(LiveState::needsSettling).isPresent();
  }

  /** Reads on in one file; false at the end of the last. */
  private boolean step(OutputStream out) throws IOException {
    List<Path> files = ConsoleLog.files(log);
    if (files.isEmpty()) {
      return false;
    }
    try {
      int at = position(files);
      Object present = key(files.get(at));
      try (InputStream in = Files.newInputStream(files.get(at))) {
        if (!present.equals(key(files.get(at)))) {
          // Rotated under our hands: look again.
          return true;
        }
        if (!present.equals(key)) {
          key = present;
          offset = begin(files.get(at));
        }
        in.skipNBytes(Math.min(offset, Files.size(files.get(at))));
        offset += ConsoleLog.copy(new BufferedInputStream(in, BUFFER), out);
      }
      boolean last = at == files.size() - 1;
      if (!last) {
        // A newer file is there, so nobody writes to this one any more.
        key = key(files.get(at + 1));
        offset = begin(files.get(at + 1));
      }
      return !last;
    } catch (NoSuchFileException rotated) {
      return true;
    }
  }

  private long begin(Path file) throws IOException {
    return since.isPresent() ? ConsoleLog.offset(file, since.get()) : 0;
  }

  /** Where in the list the file is that is being read; at the front if it is gone. */
  private int position(List<Path> files) throws IOException {
    if (key == null) {
      return 0;
    }
    for (int index = 0; index < files.size(); index++) {
      if (key(files.get(index)).equals(key)) {
        return index;
      }
    }
    return 0;
  }

  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static void pause(boolean wanted) throws IOException {
    try {
      if (wanted) {
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
