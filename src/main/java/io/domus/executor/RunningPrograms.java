// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes by their command lines. */
final class RunningPrograms {
  private static final Path PROC = Path.of("/proc");

  private RunningPrograms() {}

  /** The pids of those with exactly these words. */
  static List<Integer> with(List<String> argv) throws IOException {
    List<Integer> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        int pid = Integer.parseInt(process.getFileName().toString());
        if (has(pid, argv)) {
          found.add(pid);
        }
      }
    }
    return found;
  }

  static boolean has(int pid, List<String> argv) {
    try {
      byte[] line = Files.readAllBytes(PROC.resolve(pid + "/cmdline"));
      return new String(line, StandardCharsets.UTF_8).equals(String.join("\0", argv) + "\0");
    } catch (IOException gone) {
      return false;
    }
  }
}
