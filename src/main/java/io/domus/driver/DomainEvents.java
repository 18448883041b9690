// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Tells of what happens to domains from now on, by following the file of events. */
public final class DomainEvents {
  /** What is no turn in a domain's life, but may be waited for. */
  public static final List<String> OTHERS =
      List.of(
          "abandoned",
          "autostart-failed",
          "base-received",
          "flattened",
          "hook-failed",
          "incomplete",
          "interfaces",
          "log-rotated",
          "migrated",
          "recovered",
          "restart-cancelled",
          "restart-failed",
          "reverted",
          "settle-failed",
          "snapshot",
          "snapshot-deleted",
          "unheard",
          "watchdog");

  private final Driver driver;

  public DomainEvents(Driver driver) {
    this.driver = driver;
  }

  /**
   * Something that happened.
   *
   * @param time as RFC 3339 has it, in UTC
   * @param uuid of the domain, if it was known
   * @param event as {@link LifecycleEvent} spells it, or one of {@link #OTHERS}
   * @param detail libvirt's word of what led to it, or what is to be said of another one
   * @param reason more of that, if there is more
   * @param exit what the guest's init exited with
   * @param signal the number of what ended it
   */
  public record Event(
      String time,
      String domain,
      Optional<String> uuid,
      String event,
      String detail,
      Optional<String> reason,
      Optional<Integer> exit,
      Optional<Integer> signal) {
    public Event {
      Objects.requireNonNull(time, "time");
      Objects.requireNonNull(domain, "domain");
      Objects.requireNonNull(uuid, "uuid");
      Objects.requireNonNull(event, "event");
      Objects.requireNonNull(detail, "detail");
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(exit, "exit");
      Objects.requireNonNull(signal, "signal");
    }

    /** Whether it is a turn in the domain's life. */
    public boolean lifecycle() {
      return LifecycleEvent.isOne(event);
    }
  }

  /** Whoever is told. */
  @FunctionalInterface
  public interface Listener {
    /** Returns whether it wants to be told of more. */
    boolean tell(Event event);
  }

  /** Returns when the listener has had enough, the time is over, or the thread is interrupted. */
  public void follow(Optional<Duration> limit, Listener listener) throws IOException {
    try (EventFollower follower = new EventFollower(driver.events().file())) {
      follower.follow(limit, line -> event(line).map(listener::tell).orElse(true));
    }
  }

  private static Optional<Event> event(Map<String, Object> line) {
    return text(line, "domain")
        .map(
            domain ->
                new Event(
                    text(line, "time").orElse(""),
                    domain,
                    text(line, "uuid"),
                    text(line, "event").orElse(""),
                    text(line, "detail").orElse(""),
                    text(line, "reason"),
                    number(line, "exit"),
                    number(line, "signal")));
  }

  private static Optional<String> text(Map<String, Object> line, String key) {
    return line.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static Optional<Integer> number(Map<String, Object> line, String key) {
    return line.get(key) instanceof Number number
        ? Optional.of(number.intValue())
        : Optional.empty();
  }
}
