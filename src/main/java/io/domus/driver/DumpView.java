// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.domain.SavePaths;
import io.domus.tool.CriuStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** What CRIU counted when it last dumped or restored a domain's guest. */
public final class DumpView {
  private final Driver driver;

  public DumpView(Driver driver) {
    this.driver = driver;
  }

  /** See {@link CriuStats#dump}. */
  public Map<String, Long> counts(String domain) {
    return read(domain, "stats-dump", CriuStats::dump);
  }

  /** See {@link CriuStats#restore}. */
  public Map<String, Long> restoreCounts(String domain) {
    return read(domain, "stats-restore", CriuStats::restore);
  }

  private Map<String, Long> read(
      String domain, String name, Function<byte[], Map<String, Long>> reader) {
    Path file = SavePaths.of(driver.layout().domain(domain)).work().resolve(name);
    try {
      return reader.apply(Files.readAllBytes(file));
    } catch (IOException | IllegalArgumentException failure) {
      throw new OperationFailedException(
          "cannot read what CRIU has counted for domain '" + domain + "': " + failure.getMessage(),
          failure);
    }
  }
}
