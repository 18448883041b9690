// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Tells of what happens to networks from now on, by following the file of events. */
public final class NetworkEvents {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Path file;

  public NetworkEvents(Driver driver) {
    this.file = driver.events().file();
  }

  /**
   * Something that happened.
   *
   * @param time as ISO 8601 has it
   * @param event libvirt's word: {@code defined}, {@code started} …
   */
  public record Event(String time, String network, String event, String detail) {}

  /** Whoever is told. */
  @FunctionalInterface
  public interface Listener {
    /** Returns whether it wants to be told of more. */
    boolean tell(Event event);
  }

  /**
   * Returns when the listener has had enough, the time is over, or the thread is interrupted.
   *
   * @return how many events there were
   */
  public int follow(Optional<Duration> limit, Listener listener) throws IOException {
    long deadline = System.nanoTime() + limit.map(Duration::toNanos).orElse(Long.MAX_VALUE / 2);
    long at = Files.exists(file) ? Files.size(file) : 0;
    int told = 0;
    while (System.nanoTime() < deadline) {
      String text = from(at);
      int end = text.lastIndexOf('\n') + 1;
      for (String line : text.substring(0, end).lines().toList()) {
        Optional<Event> event = parse(line);
        if (event.isPresent()) {
          told++;
          if (!listener.tell(event.get())) {
            return told;
          }
        }
      }
      at += text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return told;
      }
    }
    return told;
  }

  private String from(long at) throws IOException {
    if (!Files.exists(file) || Files.size(file) <= at) {
      return "";
    }
    try (RandomAccessFile events = new RandomAccessFile(file.toFile(), "r")) {
      events.seek(at);
      byte[] bytes = new byte[(int) (events.length() - at)];
      events.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static Optional<Event> parse(String line) throws IOException {
    Map<String, Object> tree = JSON.std.mapFrom(line);
    return tree.get("network") instanceof String network
        ? Optional.of(
            new Event(
                String.valueOf(tree.get("time")),
                network,
                String.valueOf(tree.get("event")),
                String.valueOf(tree.get("detail"))))
        : Optional.empty();
  }
}
