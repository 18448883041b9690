// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.Condition;
import io.domus.domain.DomainState;
import io.domus.plan.Note;
import io.domus.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusStoreTest {
  private static final ProcessId INIT = new ProcessId(17, 123_456_789_012L, "boot-id");

  static final DomainRecord RUNNING =
      new DomainRecord(
          Condition.of(DomainState.RUNNING, "ü \"x\"\n"),
          true,
          "PGRvbWFpbi8+",
          Optional.of(INIT),
          Optional.of(new ProcessId(18, 1, "boot-id")),
          List.of(Path.of("/run/a b/1.pid")),
          List.of(
              new Step.UnmountFilesystem(Path.of("/run/ü"), Note.of("unmount")),
              new Step.RemoveDirectory(Path.of("/run"), Note.of("remove"))),
          Optional.of(Instant.parse("2026-11-21T01:02:03.123456789Z")),
          "/machine/ü/web",
          3);

  static final List<DomainRecord> RECORDS =
      List.of(
          RUNNING,
          RUNNING.ended(Condition.of(DomainState.SHUT_OFF, "exited 7")),
          RUNNING.withTransient(false),
          new DomainRecord(
              Condition.of(DomainState.CRASHED),
              false,
              "",
              Optional.empty(),
              Optional.empty(),
              List.of(),
              List.of(),
              Optional.empty(),
              "",
              0));

  @TempDir private Path root;
  private StateLayout layout;
  private StatusStore store;

  @BeforeEach
  void makeStore() {
    layout = new StateLayout(root);
    store = new StatusStore(layout);
  }

  @ParameterizedTest
  @FieldSource("RECORDS")
  void aRecordComesBackAsItWas(DomainRecord record) throws IOException {
    store.write("web", record);
    assertEquals(Optional.of(record), store.read("web"));
  }

  @Test
  void theLastRecordCounts() throws IOException {
    store.write("web", RUNNING);
    store.write("web", RUNNING.ended(Condition.of(DomainState.SHUT_OFF)));
    assertEquals(DomainState.SHUT_OFF, store.read("web").orElseThrow().condition().state());
  }

  @Test
  void whatHasEndedHoldsNothing() {
    DomainRecord ended = RUNNING.ended(Condition.of(DomainState.SHUT_OFF, "destroyed"));
    assertEquals(List.of(), ended.undos());
    assertEquals(List.of(), ended.helpers());
    assertEquals(Optional.empty(), ended.init());
    assertEquals(Optional.empty(), ended.monitor());
    assertEquals("", ended.definition());
    assertEquals(RUNNING.started(), ended.started());
  }

  @Test
  void onlyItsOwnerReadsIt() throws IOException {
    store.write("web", RUNNING);
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(layout.domain("web").status())));
  }

  @Test
  void anAbsentRecordIsNone() throws IOException {
    assertEquals(Optional.empty(), store.read("web"));
    store.delete("web");
    store.write("web", RUNNING);
    store.delete("web");
    assertEquals(Optional.empty(), store.read("web"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "{}",
        "{\"state\":\"BROKEN\"}",
        "{\"state\":\"RUNNING\",\"transient\":\"no\"}"
      })
  void aDamagedRecordIsNamed(String text) throws IOException {
    Path file = layout.domain("web").status();
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    IOException failure = assertThrows(IOException.class, () -> store.read("web"));
    assertTrue(
        failure.getMessage().startsWith("unreadable status " + file + ": "), failure.getMessage());
  }

  @Test
  void namesAreThoseWithARecordOrAJournal() throws IOException {
    assertEquals(List.of(), store.names());
    store.write("web", RUNNING);
    store.write("db", RUNNING);
    Files.createDirectories(layout.domain("empty").run());
    Files.createDirectories(layout.domain("begun").run());
    Files.createFile(layout.domain("begun").journal());
    assertEquals(List.of("begun", "db", "web"), store.names());
  }

  @Test
  void aProcessIdComesBackAsItWas() {
    assertEquals(INIT, ProcessId.parse(INIT + "\n"));
    for (String damaged : List.of("", "17", "17 1", "17 1 b x", "x 1 b", "17 x b")) {
      assertThrows(IllegalArgumentException.class, () -> ProcessId.parse(damaged));
    }
  }
}
