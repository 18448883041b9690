// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.OperationFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of whatever has the archive's name already. */
class ArchiveFileTest {
  @TempDir Path directory;

  private static void write(Path file, String text) throws IOException {
    new ArchiveFile(file.toString())
        .write(null, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFileIsReplacedWholeOrNotAtAll() throws IOException {
    Path file = Files.writeString(directory.resolve("web.tar"), "old");
    OperationFailedException failure =
        assertThrows(
            OperationFailedException.class,
            () ->
                new ArchiveFile(file.toString())
                    .write(
                        null,
                        out -> {
                          out.write(1);
                          throw new IOException("no more");
                        }));
    assertEquals("cannot write " + file + ": no more", failure.getMessage());
    assertEquals("old", Files.readString(file));
    write(file, "new");
    assertEquals("new", Files.readString(file));
    assertEquals(List.of("web.tar"), names());
  }

  @Test
  void aLinkStaysOne() throws IOException {
    Path file = Files.writeString(directory.resolve("web.tar"), "old");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file.getFileName());
    write(link, "new");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
  }

  @Test
  void aNamedPipeIsWrittenTo() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    CompletableFuture<String> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readString(pipe);
              } catch (IOException failure) {
                throw new IllegalStateException(failure);
              }
            });
    write(pipe, "through");
    assertEquals("through", read.get());
    assertEquals(Optional.empty(), new ArchiveFile(pipe.toString()).size());
    assertEquals(List.of("pipe"), names());
  }

  @Test
  void aDeviceIsWrittenTo() throws IOException {
    write(Path.of("/dev/null"), "away");
    assertEquals(
        0x103, ((Number) Files.getAttribute(Path.of("/dev/null"), "unix:rdev")).longValue());
  }

  @Test
  void aDirectoryIsRefusedBeforehand() {
    ArchiveFile file = new ArchiveFile(directory.toString());
    assertEquals(
        "cannot write " + directory + ": it is neither a file nor a pipe",
        assertThrows(OperationFailedException.class, file::check).getMessage());
  }
}
