// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that are our standard input, output and errors. The runtime makes whatever it is handed
 * as these the property of the guest's user, be it a file of somebody else's: they are given back.
 */
final class OwnStreams {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final int COUNT = 3;

  private final List<Owned> streams = new ArrayList<>();

  private OwnStreams() {}

  private record Owned(Path stream, Object user, Object group) {
    static Owned of(Path stream) throws IOException {
      return new Owned(
          stream, Files.getAttribute(stream, "unix:uid"), Files.getAttribute(stream, "unix:gid"));
    }
  }

  /** As they are now. */
  static OwnStreams look() throws IOException {
    OwnStreams own = new OwnStreams();
    for (int number = 0; number < COUNT; number++) {
      Path stream = DESCRIPTORS.resolve(Integer.toString(number));
      if (Files.exists(stream)) {
        own.streams.add(Owned.of(stream));
      }
    }
    return own;
  }

  /** To whom they belonged. */
  void giveBack() throws IOException {
    for (Owned before : streams) {
      if (!Owned.of(before.stream()).equals(before)) {
        Files.setAttribute(before.stream(), "unix:uid", before.user());
        Files.setAttribute(before.stream(), "unix:gid", before.group());
      }
    }
  }
}
