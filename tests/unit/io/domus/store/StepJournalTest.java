// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepJournalTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("journal");
  }

  private static Step undo(String name) {
    return new Step.RemoveFile(Path.of("/" + name), Note.of("remove"));
  }

  private void write(List<List<Step>> undosOfSteps) throws IOException {
    try (StepJournal journal = StepJournal.begin(file)) {
      for (List<Step> undos : undosOfSteps) {
        journal.note(undos);
      }
    }
  }

  /** The last step first; of one step, its undos in their own order. */
  @Test
  void undosComeBackInTheOrderOfTheirReplay() throws IOException {
    write(
        List.of(
            List.of(undo("a1"), undo("a2")),
            List.of(),
            List.of(undo("b1")),
            List.of(undo("c1"), undo("c2"), undo("c3"))));
    assertEquals(
        List.of(undo("c1"), undo("c2"), undo("c3"), undo("b1"), undo("a1"), undo("a2")),
        StepJournal.undos(file));
  }

  /** Wherever the power went, the whole lines before it count. */
  @Test
  void aTornLineWasNeverBegun() throws IOException {
    write(List.of(List.of(undo("first")), List.of(undo("zweitausendfünf ☃ 🜁"))));
    byte[] whole = Files.readAllBytes(file);
    int lineEnd = 0;
    while (whole[lineEnd] != '\n') {
      lineEnd++;
    }
    for (int length = 0; length <= whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      int lines = length > lineEnd ? 1 : 0;
      lines += length == whole.length ? 1 : 0;
      assertEquals(lines, StepJournal.undos(file).size(), "cut after " + length + " bytes");
    }
  }

  @Test
  void aLineIsThereBeforeItsStep() throws IOException {
    try (StepJournal journal = StepJournal.begin(file)) {
      journal.note(List.of(undo("a")));
      assertEquals(List.of(undo("a")), StepJournal.undos(file));
      journal.note(List.of(undo("b")));
      assertEquals(List.of(undo("b"), undo("a")), StepJournal.undos(file));
    }
  }

  @Test
  void aPathWithALineEndStaysOneLine() throws IOException {
    write(List.of(List.of(undo("a\nb"))));
    assertEquals(1, Files.readString(file).lines().count());
    assertEquals(List.of(undo("a\nb")), StepJournal.undos(file));
  }

  @Test
  void anotherJournalIsNotOverwritten() throws IOException {
    write(List.of(List.of(undo("a"))));
    assertThrows(FileAlreadyExistsException.class, () -> StepJournal.begin(file));
    assertEquals(List.of(undo("a")), StepJournal.undos(file));
  }

  @Test
  void aFinishedJournalIsGoneAndAClosedOneStays() throws IOException {
    StepJournal finished = StepJournal.begin(file);
    finished.note(List.of(undo("a")));
    finished.finish();
    assertFalse(StepJournal.exists(file));
    write(List.of());
    assertTrue(StepJournal.exists(file));
  }
}
