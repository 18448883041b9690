// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Tells what is written to the file of events from now on. The file may not be there yet, be put
 * aside for another one, or be cut short: what was written is told once, and nothing twice.
 */
final class EventFollower implements AutoCloseable {
  /** How often it is looked where nobody tells of changes. */
  private static final Duration LOOK = Duration.ofMillis(100);

  /** How often it is looked although somebody does. */
  private static final Duration SELDOM = Duration.ofSeconds(1);

  private final Path file;
  private final WatchService watch;
  private Optional<WatchKey> key = Optional.empty();
  private RandomAccessFile open;
  private Optional<Object> identity = Optional.empty();
  private long at;

  /** Begins at the end of what is there. */
  EventFollower(Path file) throws IOException {
    this.file = file;
    this.watch = file.getFileSystem().newWatchService();
    watchDirectory();
    if (opened()) {
      at = open.length();
    }
  }

  /** Whoever is told; returns whether it wants to be told of more. */
  @FunctionalInterface
  interface Listener {
    boolean tell(Map<String, Object> line);
  }

  /** Returns when the listener has had enough, the time is over, or the thread is interrupted. */
  void follow(Optional<Duration> limit, Listener listener) throws IOException {
    long deadline = System.nanoTime() + limit.map(Duration::toNanos).orElse(Long.MAX_VALUE / 2);
    while (true) {
      for (Map<String, Object> line : lines()) {
        if (!listener.tell(line)) {
          return;
        }
      }
      long left = deadline - System.nanoTime();
      if (left <= 0 || !pause(Duration.ofNanos(left))) {
        return;
      }
    }
  }

  /** What has come since the last time. */
  private List<Map<String, Object>> lines() throws IOException {
    List<Map<String, Object>> lines = new ArrayList<>();
    if (open == null && !opened()) {
      return lines;
    }
    boolean replaced = isReplaced();
    // After the look, so that it is complete if the file was put aside before.
    read(lines);
    if (replaced) {
      open.close();
      open = null;
      if (opened()) {
        read(lines);
      }
    }
    return lines;
  }

  private void read(List<Map<String, Object>> lines) throws IOException {
    long length = open.length();
    if (length < at) {
      at = 0;
    }
    byte[] bytes = new byte[(int) (length - at)];
    open.seek(at);
    open.readFully(bytes);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    for (String line : new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList()) {
      parse(line).ifPresent(lines::add);
    }
    at += end;
  }

  /** One that was cut in the middle is none. */
  private static Optional<Map<String, Object>> parse(String line) {
    try {
      return line.startsWith("{") ? Optional.of(JSON.std.mapFrom(line)) : Optional.empty();
    } catch (IOException broken) {
      return Optional.empty();
    }
  }

  /** Opens the file from its beginning, if there is one. */
  private boolean opened() throws IOException {
    while (true) {
      identity = identity();
      if (identity.isEmpty()) {
        return false;
      }
      try {
        open = new RandomAccessFile(file.toFile(), "r");
      } catch (FileNotFoundException refused) {
        if (Files.exists(file)) {
          throw new IOException("cannot read " + file + ": permission denied", refused);
        }
        continue;
      }
      if (identity().equals(identity)) {
        at = 0;
        return true;
      }
      // It was put aside between the two: which one was opened cannot be told.
      open.close();
    }
  }

  private boolean isReplaced() throws IOException {
    Optional<Object> now = identity();
    return now.isPresent() && !now.equals(identity);
  }

  private Optional<Object> identity() throws IOException {
    try {
      return Optional.of(Files.getAttribute(file, "unix:ino"));
    } catch (NoSuchFileException putAside) {
      return Optional.empty();
    }
  }

  /** False if somebody wants it to end. */
  private boolean pause(Duration most) {
    try {
      watchDirectory();
      if (key.isEmpty()) {
        Thread.sleep(most.compareTo(LOOK) < 0 ? most : LOOK);
        return true;
      }
      Duration time = most.compareTo(SELDOM) < 0 ? most : SELDOM;
      WatchKey told = watch.poll(time.toNanos(), TimeUnit.NANOSECONDS);
      if (told != null) {
        told.pollEvents();
        if (!told.reset()) {
          key = Optional.empty();
        }
      }
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The directory may come later, or go. */
  private void watchDirectory() {
    if (key.isPresent()) {
      return;
    }
    try {
      key =
          Optional.of(
              file.getParent()
                  .register(
                      watch,
                      StandardWatchEventKinds.ENTRY_CREATE,
                      StandardWatchEventKinds.ENTRY_MODIFY));
    } catch (IOException notThere) {
      key = Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    watch.close();
    if (open != null) {
      open.close();
    }
  }
}
