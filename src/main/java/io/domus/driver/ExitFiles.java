// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainPaths;
import io.domus.domain.GuestExit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** What conmon leaves of a guest's end: its status, and a mark if memory ran out. */
final class ExitFiles {
  private static final String STATUS = "exit";
  private static final String OOM = "oom";

  private ExitFiles() {}

  /** Empty if conmon died before the guest, or has not written it yet. */
  static Optional<GuestExit> read(DomainPaths paths) throws IOException {
    try {
      int status = Integer.parseInt(Files.readString(paths.run().resolve(STATUS)).strip());
      return Optional.of(new GuestExit(status, Files.exists(paths.run().resolve(OOM))));
    } catch (NoSuchFileException | NumberFormatException absent) {
      return Optional.empty();
    }
  }

  static void remove(DomainPaths paths) throws IOException {
    Files.deleteIfExists(paths.run().resolve(STATUS));
    Files.deleteIfExists(paths.run().resolve(OOM));
  }
}
