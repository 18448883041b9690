// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.plan.Note;
import io.domus.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path directory;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void everyByteArrives() throws IOException {
    byte[] content = new byte[3 << 20];
    new Random(7).nextBytes(content);
    Path file = directory.resolve("file");
    AtomicFile.write(file, content);
    assertArrayEquals(content, Files.readAllBytes(file));
    assertEquals(List.of("file"), names());
  }

  /** Whoever is to stop still puts down whole what is so. */
  @Test
  void anInterruptCutsNoWritingShort() throws IOException {
    Path file = directory.resolve("file");
    Path journal = directory.resolve("journal");
    Thread.currentThread().interrupt();
    AtomicFile.write(file, "new");
    AtomicFile.move(file, directory.resolve("moved"));
    try (OperationJournal operation =
        OperationJournal.begin(journal, "clone", List.of("web"), List.of())) {
      operation.commit(List.of());
    }
    try (StepJournal steps = StepJournal.begin(directory.resolve("steps"))) {
      steps.note(List.of(new Step.RemoveFile(file, Note.of("remove"))));
    }
    assertTrue(Thread.interrupted(), "the interrupt is handed on");
    assertEquals(List.of("journal", "moved", "steps"), names());
    assertEquals("new", Files.readString(directory.resolve("moved")));
    assertTrue(OperationJournal.read(journal).orElseThrow().committed());
    assertEquals(1, StepJournal.undos(directory.resolve("steps")).size());
  }

  @Test
  void theOldFileIsReplaced() throws IOException {
    Path file = directory.resolve("file");
    AtomicFile.write(file, "a long old content");
    AtomicFile.write(file, "new");
    assertEquals("new", Files.readString(file));
    AtomicFile.write(file, "");
    assertEquals("", Files.readString(file));
    assertEquals(List.of("file"), names());
  }

  /** Whoever has the old file open keeps reading the old file. */
  @Test
  void readersSeeTheOldFileOrTheNewOne() throws IOException {
    Path file = directory.resolve("file");
    AtomicFile.write(file, "old content");
    try (var reader = Files.newInputStream(file)) {
      AtomicFile.write(file, "new");
      assertEquals("old content", new String(reader.readAllBytes(), UTF_8));
    }
  }

  @Test
  void directoriesAreMade() throws IOException {
    Path file = directory.resolve("a/b/file");
    AtomicFile.write(file, "x");
    assertEquals("x", Files.readString(file));
  }

  @Test
  void permissionsAreThoseAskedFor() throws IOException {
    Path open = directory.resolve("open");
    Path secret = directory.resolve("secret");
    AtomicFile.write(open, "x");
    AtomicFile.write(secret, "x".getBytes(UTF_8), "rw-------");
    assertEquals("rw-r--r--", permissions(open));
    assertEquals("rw-------", permissions(secret));
  }

  @Test
  void aFailureLeavesNothing() throws IOException {
    Path taken = directory.resolve("taken");
    Files.createDirectories(taken.resolve("full"));
    assertThrows(IOException.class, () -> AtomicFile.write(taken, "x"));
    assertEquals(List.of("taken"), names());
    assertTrue(Files.isDirectory(taken.resolve("full")));
  }

  @Test
  void deletingSaysWhetherItWasThere() throws IOException {
    Path file = directory.resolve("file");
    assertFalse(AtomicFile.delete(file));
    AtomicFile.write(file, "x");
    assertTrue(AtomicFile.delete(file));
    assertEquals(List.of(), names());
  }
}
