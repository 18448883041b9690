// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/** Processes by their command lines. */
final class RunningPrograms {
  private static final Path PROC = Path.of("/proc");
  private static final Duration BIRTH = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(1);

  private RunningPrograms() {}

  /** The pids of those with exactly these words, behind an interpreter's at most. */
  static List<Integer> with(List<String> argv) throws IOException {
    return all(pid -> has(pid, argv));
  }

  static boolean has(int pid, List<String> argv) {
    String words = String.join("\0", argv) + "\0";
    String line = read(pid, "cmdline");
    return line.equals(words) || line.endsWith("\0" + words);
  }

  /**
   * Waits for those that a Java machine has just made to become the programs that they are to be,
   * also where it was killed meanwhile: between the two it is a program of its own.
   */
  static void awaitBirths() throws IOException {
    long deadline = System.nanoTime() + BIRTH.toNanos();
    while (!all(RunningPrograms::isUnborn).isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static boolean isUnborn(int pid) {
    return read(pid, "comm").equals("jspawnhelper\n");
  }

  private static List<Integer> all(IntPredicate wanted) throws IOException {
    List<Integer> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        int pid = Integer.parseInt(process.getFileName().toString());
        if (wanted.test(pid)) {
          found.add(pid);
        }
      }
    }
    return found;
  }

  private static String read(int pid, String file) {
    try {
      byte[] text = Files.readAllBytes(PROC.resolve(pid + "/" + file));
      return new String(text, StandardCharsets.UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }
}
