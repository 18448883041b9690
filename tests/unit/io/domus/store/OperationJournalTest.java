// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.plan.Note;
import io.domus.plan.Step;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationJournalTest {
  private static final List<String> DOMAINS = List.of("b", "a");
  private static final List<Step> UNDOS = List.of(remove("zuletzt ☃ 🜁"), remove("first"));
  private static final List<Step> REST = List.of(remove("rest"));

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("operations/web");
  }

  private static Step remove(String name) {
    return new Step.RemoveFile(Path.of("/" + name), Note.of("remove"));
  }

  private static OperationJournal.Content content(boolean committed, List<Step> steps) {
    return new OperationJournal.Content("clone", List.of("a", "b"), committed, steps);
  }

  private void write(boolean committed) throws IOException {
    try (OperationJournal journal = OperationJournal.begin(file, "clone", DOMAINS, UNDOS)) {
      if (committed) {
        journal.commit(REST);
      }
    }
  }

  @Test
  void whatTakesItBackThenWhatEndsIt() throws IOException {
    assertEquals(Optional.empty(), OperationJournal.read(file));
    write(false);
    assertEquals(Optional.of(content(false, UNDOS)), OperationJournal.read(file));
    Files.delete(file);
    write(true);
    assertEquals(Optional.of(content(true, REST)), OperationJournal.read(file));
    assertEquals(List.of("web"), OperationJournal.begun(file.getParent()));
  }

  /** Wherever the power went, the whole lines before it count. */
  @Test
  void aTornLineWasNeverWritten() throws IOException {
    write(true);
    byte[] whole = Files.readAllBytes(file);
    int first = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
    for (int length = 0; length <= whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      Optional<OperationJournal.Content> expected =
          length < first
              ? Optional.empty()
              : Optional.of(length < whole.length ? content(false, UNDOS) : content(true, REST));
      assertEquals(expected, OperationJournal.read(file), length + " bytes");
    }
  }

  @Test
  void whatIsCommittedFromTheBeginning() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, OperationJournal.committed("clone", DOMAINS, REST));
    assertEquals(Optional.of(content(true, REST)), OperationJournal.read(file));
  }

  @Test
  void oneAtATime() throws IOException {
    write(false);
    assertThrows(FileAlreadyExistsException.class, () -> write(false));
    assertEquals(Optional.of(content(false, UNDOS)), OperationJournal.read(file));
  }

  @Test
  void nothingIsLeftInTheEnd() throws IOException {
    OperationJournal.begin(file, "clone", DOMAINS, UNDOS).finish();
    assertEquals(List.of(), OperationJournal.begun(file.getParent()));
    assertEquals(List.of(), OperationJournal.begun(directory.resolve("none")));
  }

  /** Of such a journal nobody can say what was begun. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "[]",
        "{}",
        "{\"operation\":\"clone\",\"domains\":[\"a\"]}",
        "{\"operation\":\"clone\",\"domains\":[7],\"undos\":[]}",
        "{\"operation\":\"clone\",\"domains\":[\"a\"],\"undos\":[{\"kind\":\"explode\"}]}",
        "{\"operation\":\"clone\",\"domains\":[\"a\"],\"undos\":[]}\n{\"committed\":7}"
      })
  void damage(String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
    String message =
        assertThrows(IOException.class, () -> OperationJournal.read(file)).getMessage();
    assertTrue(message.startsWith("unreadable journal " + file + ": "), message);
  }
}
