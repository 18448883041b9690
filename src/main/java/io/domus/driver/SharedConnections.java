// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Where one secure shell shares its connection with others of this process: to make another one
 * takes a time for which a guest would stand still. The names are short, as those of sockets must
 * be, and say whose they are.
 */
final class SharedConnections {
  private static final Path DIRECTORY = Path.of("/run/domus-ssh");

  private static final AtomicInteger COUNT = new AtomicInteger();

  private SharedConnections() {}

  /** A name that is free. What dead processes have left is removed. */
  static Path socket() throws IOException {
    Files.createDirectories(
        DIRECTORY,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    for (Path socket : sockets()) {
      if (isLost(socket)) {
        Files.deleteIfExists(socket);
      }
    }
    long process = ProcessHandle.current().pid();
    return DIRECTORY.resolve(process + "-" + COUNT.incrementAndGet());
  }

  private static List<Path> sockets() throws IOException {
    try (Stream<Path> sockets = Files.list(DIRECTORY)) {
      return sockets.toList();
    }
  }

  private static boolean isLost(Path socket) {
    String process = socket.getFileName().toString().replaceFirst("-.*", "");
    return process.matches("[0-9]{1,18}") && ProcessHandle.of(Long.parseLong(process)).isEmpty();
  }
}
