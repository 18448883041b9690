// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {
  @TempDir private Path directory;

  /** The shell makes what Java cannot: names that are no text. */
  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "a%%41 b, a%41 b",
    "gr\\303\\274n, gr\u00c3\u00bcn",
    "not-\\377-text, not-\u00ff-text",
    "not%%25-\\200, not%25-\u0080",
    "\\357\\277\\275, \u00ef\u00bf\u00bd"
  })
  void isWhatTheKernelHas(String printf, String bytes) throws IOException, InterruptedException {
    for (String make : new String[] {"mkdir", "ln -s /tmp", "touch"}) {
      String script = "cd \"$1\" && " + make + " \"$(printf \"$2\")\"";
      Process shell =
          new ProcessBuilder("sh", "-c", script, "sh", directory.toString(), printf)
              .inheritIO()
              .start();
      assertEquals(0, shell.waitFor());
      try (DirectoryStream<Path> made = Files.newDirectoryStream(directory)) {
        Path file = made.iterator().next();
        assertEquals(directory + "/" + bytes, latin(file));
        assertEquals(bytes, latin(file.getFileName()));
        Files.delete(file);
      }
    }
  }

  /** A character a byte. */
  private static String latin(Path path) {
    return new String(FileName.bytes(path), StandardCharsets.ISO_8859_1);
  }
}
