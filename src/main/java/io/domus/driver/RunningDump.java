// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whoever still writes images of a guest: the runtime, or CRIU alone once that has been killed. */
final class RunningDump {
  private static final Path PROCESSES = Path.of("/proc");
  private static final String CRIU = "criu";

  private RunningDump() {}

  /** The runtime names the directory of the images in its words, CRIU has it open. */
  static boolean into(Path images) {
    return ProcessHandle.allProcesses()
        .mapToLong(ProcessHandle::pid)
        .filter(pid -> pid != ProcessHandle.current().pid())
        .mapToObj(pid -> PROCESSES.resolve(Long.toString(pid)))
        .anyMatch(process -> names(process, images) || isCriuIn(process, images));
  }

  private static boolean names(Path process, Path images) {
    return text(process.resolve("cmdline")).contains(images.toString());
  }

  private static boolean isCriuIn(Path process, Path images) {
    if (!text(process.resolve("comm")).strip().equals(CRIU)) {
      return false;
    }
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        if (Files.readSymbolicLink(descriptor).startsWith(images)) {
          return true;
        }
      }
      return false;
    } catch (IOException gone) {
      return false;
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      return "";
    }
  }
}
