// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritebackTest {
  @TempDir Path directory;

  /** The file is as it was written, and its channel open. */
  @Test
  void aFileThatIsBeingWritten() throws Exception {
    Path file = directory.resolve("file");
    byte[] piece = new byte[3 << 20];
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Writeback writeback = Writeback.of(channel);
      try (writeback) {
        channel.write(ByteBuffer.wrap(piece));
        Thread.sleep(60);
        channel.write(ByteBuffer.wrap(piece));
      }
      assertEquals(Optional.empty(), writeback.failure());
      channel.force(true);
    }
    assertEquals(2L * piece.length, Files.size(file));
  }

  @Test
  void filesOfADirectoryThatComesAndGoes() throws Exception {
    Path images = directory.resolve("images");
    Writeback writeback = Writeback.in(images);
    try (writeback) {
      Thread.sleep(40);
      Files.createDirectory(images);
      byte[] content = new byte[2 << 20];
      Files.write(images.resolve("pages-1.img"), content);
      Files.createSymbolicLink(images.resolve("link"), Path.of("nowhere"));
      Thread.sleep(60);
      assertArrayEquals(content, Files.readAllBytes(images.resolve("pages-1.img")));
    }
    assertEquals(Optional.empty(), writeback.failure());
  }

  @Test
  void aFailureIsKept() throws IOException, InterruptedException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("file"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    Writeback writeback = Writeback.of(channel);
    try (writeback) {
      channel.close();
      Thread.sleep(60);
    }
    assertTrue(writeback.failure().isPresent());
  }
}
