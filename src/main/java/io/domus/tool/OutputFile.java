// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A file that takes what a program prints, and is removed afterwards. */
record OutputFile(Path path) implements AutoCloseable {
  private static final String PREFIX = ".output-";
  private static final AtomicLong COUNTER = new AtomicLong();

  /** A name that no other process and no other call of this one uses. */
  static OutputFile in(Path directory) {
    long process = ProcessHandle.current().pid();
    return new OutputFile(directory.resolve(PREFIX + process + "-" + COUNTER.incrementAndGet()));
  }

  /** Removes what processes have left that were killed. */
  static void removeLeftovers(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*-*")) {
      for (Path file : files) {
        String[] words = file.getFileName().toString().split("-");
        boolean alive =
            words.length != 3
                || !words[1].matches("[0-9]{1,10}")
                || ProcessHandle.of(Long.parseLong(words[1])).isPresent();
        if (!alive) {
          Files.deleteIfExists(file);
        }
      }
    } catch (DirectoryIteratorException unreadable) {
      throw unreadable.getCause();
    }
  }

  File file() {
    return path.toFile();
  }

  boolean isEmpty() {
    return file().length() == 0;
  }

  String text() throws CommandException {
    try {
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CommandException("cannot read " + path, e);
    }
  }

  @Override
  public void close() {
    // Best effort: one that is left behind is truncated by its next namesake.
    boolean _ = file().delete();
  }
}
