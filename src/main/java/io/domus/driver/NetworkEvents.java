// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells of what happens to networks from now on, by following the file of events. */
public final class NetworkEvents {
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
    AtomicInteger told = new AtomicInteger();
    try (EventFollower follower = new EventFollower(file)) {
      follower.follow(
          limit, line -> event(line).map(each -> tell(each, told, listener)).orElse(true));
    }
    return told.get();
  }

  private static boolean tell(Event event, AtomicInteger told, Listener listener) {
    told.incrementAndGet();
    return listener.tell(event);
  }

  private static Optional<Event> event(Map<String, Object> tree) {
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
