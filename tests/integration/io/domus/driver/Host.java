// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The machine around the guests: programs of its own, its processes, its loop devices. */
final class Host {
  private Host() {}

  /**
   * A qcow2 image over another one, with nothing in it yet.
   *
   * @param backing as the image is to name it
   */
  static void backedImage(String backing, Path image) throws IOException, InterruptedException {
    run("qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", backing, image.toString());
  }

  /** Runs a program that must succeed; returns what it printed. */
  static String run(String... argv) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", argv) + ": " + printed);
    }
    return printed;
  }

  /** Runs a script of several lines that must all succeed. */
  static String script(String text, String... arguments) throws IOException, InterruptedException {
    String[] argv = new String[4 + arguments.length];
    argv[0] = "bash";
    argv[1] = "-euc";
    argv[2] = text;
    argv[3] = "script";
    System.arraycopy(arguments, 0, argv, 4, arguments.length);
    return run(argv);
  }

  static List<String> mounts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo"));
  }

  /** The command lines of all processes with {@code text} in them, ours apart. */
  static List<String> processes(String text) {
    String self = Long.toString(ProcessHandle.current().pid());
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.filter(process -> process.getFileName().toString().matches("[0-9]+"))
          .filter(process -> !process.getFileName().toString().equals(self))
          .map(process -> process.getFileName() + ": " + commandLine(process))
          .filter(line -> line.contains(text))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
          .replace('\0', ' ');
    } catch (IOException gone) {
      return "";
    }
  }

  /** The loop devices on files below a directory, as the kernel shows their backing files. */
  static List<String> loops(Path directory) {
    try (Stream<Path> devices = Files.list(Path.of("/sys/block"))) {
      return devices
          .map(device -> device.getFileName() + " " + backing(device))
          .filter(line -> line.contains(directory.toString()))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String backing(Path device) {
    try {
      return Files.readString(device.resolve("loop/backing_file")).strip();
    } catch (IOException free) {
      return "";
    }
  }
}
