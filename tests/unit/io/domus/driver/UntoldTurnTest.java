// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.domus.domain.Condition;
import io.domus.domain.DomainState;
import io.domus.store.DomainRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever dies on the way from the record to the event, it is told once of what was recorded. */
class UntoldTurnTest {
  private static final DomainRecord ENDED =
      DomainRecord.never(Condition.of(DomainState.SHUT_OFF, "destroyed"));

  @TempDir private Path directory;
  private Driver driver;
  private Path note;

  @BeforeEach
  void makeRoot() throws IOException {
    driver = new StoredRoot(directory).driver();
    note = driver.layout().domain("web").untold();
    Files.createDirectories(note.getParent());
  }

  private static EventLog.Line line() throws IOException {
    return EventLog.line("web", Optional.empty(), LifecycleEvent.STOPPED_DESTROYED, "");
  }

  private List<String> told() throws IOException {
    Path file = driver.events().file();
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  @ParameterizedTest
  @CsvSource({
    // was there a record, was there a new one, what was told, what is there afterwards
    "true, false, false, 0",
    "false, false, false, 0",
    "false, true, false, 1",
    "true, true, false, 1",
    "true, true, true, 1"
  })
  void itIsToldOnce(boolean before, boolean recorded, boolean told, int lines) throws IOException {
    if (before) {
      driver.statuses().write("web", ENDED.withFailedStart(Optional.of("why")));
    }
    EventLog.Line line = line();
    UntoldTurn.note(driver, "web", line);
    if (recorded) {
      driver.statuses().write("web", ENDED);
    }
    if (told) {
      driver.events().append(line);
    }
    // Of others, and of the same domain at another time.
    driver.note("db", "snapshot", "");
    driver.events().append(line());
    new Recovery(driver).recover("web");
    new Recovery(driver).recover("web");
    assertEquals(lines, told().stream().filter(line.text().strip()::equals).count());
    assertEquals(lines + 2, told().size());
    assertFalse(Files.exists(note));
  }

  @Test
  void whatWasPutAsideWasTold() throws IOException {
    EventLog.Line line = line();
    UntoldTurn.note(driver, "web", line);
    driver.statuses().write("web", ENDED);
    driver.events().append(line);
    Path file = driver.events().file();
    Files.move(file, file.resolveSibling("events.1"));
    new Recovery(driver).recover("web");
    assertEquals(List.of(), told());
  }

  @ParameterizedTest
  @CsvSource({"0", "5", "9", "30"})
  void aNoteThatIsNotWholeIsNone(int length) throws IOException {
    UntoldTurn.note(driver, "web", line());
    String text = Files.readString(note);
    Files.writeString(note, text.substring(0, length), StandardOpenOption.TRUNCATE_EXISTING);
    new Recovery(driver).recover("web");
    assertEquals(List.of(), told());
    assertFalse(Files.exists(note));
  }

  @Test
  void aTransientDomainIsGoneOnceItIsTold() throws IOException {
    UntoldTurn.note(driver, "web", line());
    driver.statuses().write("web", ENDED.withTransient(true));
    new Recovery(driver).recover("web");
    assertEquals(1, told().size());
    assertEquals(List.of(), driver.statuses().names());
    assertFalse(Files.exists(note.getParent()));
  }
}
