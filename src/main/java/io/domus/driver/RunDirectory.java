// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;

/**
 * The directory of a domain's runs, which a domain without a definition keeps no longer than it;
 * nor does it keep the ids that were chosen for it.
 */
final class RunDirectory {
  private RunDirectory() {}

  /** What is still in it is somebody's. */
  static void removeUnlessDefined(Driver driver, String name) throws IOException {
    if (driver.definitions().exists(name)) {
      return;
    }
    driver.idRanges().release(name);
    removeIfEmpty(driver, name);
  }

  /** After a start that came to nothing, which has made it unless there was a run before. */
  static void removeIfEmpty(Driver driver, String name) throws IOException {
    try {
      Files.deleteIfExists(driver.layout().domain(name).run());
    } catch (DirectoryNotEmptyException kept) {
      return;
    }
  }
}
