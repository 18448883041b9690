// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.Condition;
import io.domus.domain.DomainState;
import io.domus.domain.GuestExit;
import io.domus.kernel.LinuxSyscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFollowerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path directory;

  private Path file;

  @BeforeEach
  void place() {
    file = directory.resolve("run/events");
  }

  private EventLog log(long large) {
    return new EventLog(file, directory.resolve("lock"), new LinuxSyscalls(), large);
  }

  private EventLog log() {
    return log(1 << 20);
  }

  private List<String> told(EventFollower follower, int count) throws IOException {
    List<String> told = new ArrayList<>();
    follower.follow(
        Optional.of(PATIENCE),
        line -> {
          told.add(String.valueOf(line.get("detail")));
          return told.size() < count;
        });
    return told;
  }

  private void assertQuiet(EventFollower follower) throws IOException {
    follower.follow(
        Optional.of(Duration.ofMillis(50)),
        line -> {
          throw new AssertionError("told again: " + line);
        });
  }

  @Test
  void whatWasThereBeforeIsNotTold() throws IOException {
    log().append("web", Optional.empty(), "snapshot", "before");
    try (EventFollower follower = new EventFollower(file)) {
      log().append("web", Optional.empty(), "snapshot", "after");
      assertEquals(List.of("after"), told(follower, 1));
      assertQuiet(follower);
    }
  }

  @Test
  void theFileMayComeLater() throws IOException {
    try (EventFollower follower = new EventFollower(file)) {
      assertQuiet(follower);
      log().append("web", Optional.empty(), "snapshot", "first");
      assertEquals(List.of("first"), told(follower, 1));
    }
  }

  @Test
  void aFileThatIsCutShortIsReadFromItsBeginning() throws IOException {
    log().append("web", Optional.empty(), "snapshot", "a detail that is longer than the next");
    try (EventFollower follower = new EventFollower(file)) {
      assertQuiet(follower);
      Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
      log().append("web", Optional.empty(), "snapshot", "next");
      assertEquals(List.of("next"), told(follower, 1));
    }
  }

  @Test
  void aLineIsToldWhenItIsWhole() throws IOException {
    log().append("web", Optional.empty(), "snapshot", "before");
    try (EventFollower follower = new EventFollower(file)) {
      Files.writeString(file, "{\"domain\":\"web\",", StandardOpenOption.APPEND);
      assertQuiet(follower);
      Files.writeString(file, "\"detail\":\"whole\"}\nrubbish\n", StandardOpenOption.APPEND);
      assertEquals(List.of("whole"), told(follower, 1));
      assertQuiet(follower);
    }
  }

  @Test
  void aFilePutAsideIsReadToItsEnd() throws IOException {
    EventLog log = log(200);
    log.append("web", Optional.empty(), "snapshot", "before");
    try (EventFollower follower = new EventFollower(file)) {
      log.append("web", Optional.empty(), "snapshot", "a".repeat(200));
      assertTrue(Files.exists(file.resolveSibling("events.1")), "put aside");
      log.append("web", Optional.empty(), "snapshot", "last");
      assertEquals(List.of("a".repeat(200), "last"), told(follower, 2));
      assertQuiet(follower);
    }
  }

  @Test
  void eachIsToldOnceHoweverOftenTheFileIsPutAside() throws Exception {
    int count = 500;
    EventLog log = log(20_000);
    log.append("web", Optional.empty(), "snapshot", "before");
    try (EventFollower follower = new EventFollower(file)) {
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int number = 0; number < count; number++) {
                      try {
                        log.append("web", Optional.empty(), "snapshot", Integer.toString(number));
                        Thread.sleep(1);
                      } catch (IOException | InterruptedException failure) {
                        throw new IllegalStateException(failure);
                      }
                    }
                  });
      List<String> expected = IntStream.range(0, count).mapToObj(Integer::toString).toList();
      assertEquals(expected, told(follower, count));
      writer.join();
      assertTrue(Files.exists(file.resolveSibling("events.1")), "put aside");
    }
  }

  @Test
  void anInterruptEndsIt() throws Exception {
    try (EventFollower follower = new EventFollower(file)) {
      Thread.currentThread().interrupt();
      follower.follow(Optional.empty(), line -> true);
      assertTrue(Thread.interrupted(), "the interrupt is kept for the caller");
    }
  }

  @Test
  void endsSayHow() throws IOException {
    UUID uuid = UUID.randomUUID();
    List<Map<String, Object>> lines = new ArrayList<>();
    try (EventFollower follower = new EventFollower(file)) {
      for (GuestExit exit :
          List.of(new GuestExit(7, false), new GuestExit(137, true), new GuestExit(139, false))) {
        Condition how = exit.condition();
        log()
            .append(
                EventLog.end(
                    "web", Optional.of(uuid), LifecycleEvent.end(how), how, Optional.of(exit)));
      }
      Condition destroyed = Condition.of(DomainState.SHUT_OFF, "destroyed");
      log()
          .append(
              EventLog.end(
                  "web",
                  Optional.of(uuid),
                  LifecycleEvent.end(destroyed),
                  destroyed,
                  Optional.of(new GuestExit(137, false))));
      follower.follow(
          Optional.of(PATIENCE),
          line -> {
            line.remove("time");
            assertEquals(uuid.toString(), line.remove("uuid"));
            lines.add(line);
            return lines.size() < 4;
          });
    }
    assertEquals(
        List.of(
            "{domain=web, event=stopped, detail=shutdown, reason=exited 7, exit=7}",
            "{domain=web, event=stopped, detail=crashed, reason=oom, signal=9}",
            "{domain=web, event=stopped, detail=crashed, reason=signal 11, signal=11}",
            "{domain=web, event=stopped, detail=destroyed}"),
        lines.stream().map(Map::toString).toList());
  }
}
