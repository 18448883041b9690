// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainPaths;
import java.io.IOException;
import java.nio.file.Files;

/**
 * Tells whoever clears up after a guest that its end was asked for: no crash, whatever the status.
 */
final class ShutdownMark {
  static final String FILE = "shutdown";

  private ShutdownMark() {}

  static void set(DomainPaths paths) throws IOException {
    Files.write(paths.run().resolve(FILE), new byte[0]);
  }

  static boolean isSet(DomainPaths paths) {
    return Files.exists(paths.run().resolve(FILE));
  }

  static void clear(DomainPaths paths) throws IOException {
    Files.deleteIfExists(paths.run().resolve(FILE));
  }
}
