// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.domain.Condition;
import io.domus.domain.GuestExit;
import io.domus.kernel.Syscalls;
import io.domus.store.DomainLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What happened to domains and networks: a JSON line each, appended to one file below {@code run/}.
 * Lines are shorter than a page, so that the kernel keeps lines of several writers apart. A file
 * that has grown large is kept as {@code events.1}, and another one begun.
 */
public final class EventLog {
  private static final long LARGE = 1 << 20;

  private static final String ASIDE = "events.1";

  /** A writer holds the lock for as long as a line takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path file;
  private final Path lock;
  private final Syscalls syscalls;
  private final long large;

  /**
   * What is appended.
   *
   * @param text with its end
   */
  record Line(String text) {
    Line {
      if (!text.endsWith("\n") || text.indexOf('\n') < text.length() - 1) {
        throw new IllegalArgumentException("no line: " + text);
      }
    }
  }

  /**
   * @param lock shared by who appends: nobody may while the file is put aside
   */
  EventLog(Path file, Path lock, Syscalls syscalls) {
    this(file, lock, syscalls, LARGE);
  }

  /**
   * @param large the bytes from which on the file is put aside
   */
  EventLog(Path file, Path lock, Syscalls syscalls, long large) {
    this.file = file;
    this.lock = lock;
    this.syscalls = syscalls;
    this.large = large;
  }

  /**
   * Something that is no turn in a domain's life.
   *
   * @param event one of {@link DomainEvents#OTHERS}
   * @param detail why, or empty
   */
  void append(String domain, Optional<UUID> uuid, String event, String detail) throws IOException {
    Map<String, Object> line = line(domain, uuid);
    line.put("event", event);
    line.put("detail", detail);
    append(line);
  }

  /**
   * @param reason more than libvirt's words say, or empty
   */
  void append(String domain, Optional<UUID> uuid, LifecycleEvent event, String reason)
      throws IOException {
    append(line(domain, uuid, event, reason));
  }

  /** The same, to be appended later. */
  static Line line(String domain, Optional<UUID> uuid, LifecycleEvent event, String reason)
      throws IOException {
    return line(lifecycle(domain, uuid, event, reason));
  }

  /**
   * The end of a run, to be appended later.
   *
   * @param how it is recorded
   * @param exit of the guest's init, empty if nobody saw it
   */
  static Line end(
      String domain,
      Optional<UUID> uuid,
      LifecycleEvent event,
      Condition how,
      Optional<GuestExit> exit)
      throws IOException {
    // Of one that was killed by us libvirt's word says all.
    boolean itsOwn =
        event == LifecycleEvent.STOPPED_SHUTDOWN || event == LifecycleEvent.STOPPED_CRASHED;
    Optional<String> reason = how.reason().filter(text -> itsOwn && !text.equals(event.detail()));
    Map<String, Object> line = lifecycle(domain, uuid, event, reason.orElse(""));
    exit.filter(_ -> itsOwn).ifPresent(ended -> put(line, ended.status()));
    return line(line);
  }

  private static void put(Map<String, Object> line, int status) {
    boolean signalled = status > GuestExit.SIGNALS;
    line.put(signalled ? "signal" : "exit", signalled ? status - GuestExit.SIGNALS : status);
  }

  private static Map<String, Object> lifecycle(
      String domain, Optional<UUID> uuid, LifecycleEvent event, String reason) {
    Map<String, Object> line = line(domain, uuid);
    line.put("event", event.event());
    line.put("detail", event.detail());
    if (!reason.isEmpty()) {
      line.put("reason", reason);
    }
    return line;
  }

  /** What happened to a network, in the same words. */
  void appendNetwork(String network, String event, String detail) throws IOException {
    Map<String, Object> line = line("network", network);
    line.put("event", event);
    line.put("detail", detail);
    append(line);
  }

  /** Where it is written to. */
  public Path file() {
    return file;
  }

  private static Map<String, Object> line(String domain, Optional<UUID> uuid) {
    Map<String, Object> line = line("domain", domain);
    uuid.ifPresent(known -> line.put("uuid", known.toString()));
    return line;
  }

  private static Map<String, Object> line(String kind, String name) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", Instant.now().toString());
    line.put(kind, name);
    return line;
  }

  private static Line line(Map<String, Object> line) throws IOException {
    return new Line(JSON.std.asString(line) + "\n");
  }

  private void append(Map<String, Object> line) throws IOException {
    append(line(line));
  }

  /** Whether a line was appended, and is still there: each has its own time. */
  boolean has(Line line) throws IOException {
    String text = line.text().strip();
    for (Path each : List.of(file, file.resolveSibling(ASIDE))) {
      if (Files.exists(each)) {
        try (Stream<String> lines = Files.lines(each)) {
          if (lines.anyMatch(text::equals)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  void append(Line line) throws IOException {
    Files.createDirectories(file.getParent());
    byte[] bytes = line.text().getBytes(StandardCharsets.UTF_8);
    try (DomainLock _ = DomainLock.share(syscalls, lock, PATIENCE, "cannot write to " + file)) {
      Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    if (Files.size(file) > large) {
      putAside();
    }
  }

  /** Who follows the file finds all of it under its other name, since nobody appends meanwhile. */
  private void putAside() throws IOException {
    Optional<DomainLock> alone = DomainLock.tryTake(syscalls, lock);
    if (alone.isEmpty()) {
      return;
    }
    try (DomainLock _ = alone.get()) {
      if (Files.exists(file) && Files.size(file) > large) {
        Files.move(file, file.resolveSibling(ASIDE), StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }
}
