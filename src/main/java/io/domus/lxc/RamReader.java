// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.Filesystem;
import java.util.Optional;
import java.util.OptionalLong;

/** Filesystems in memory. */
final class RamReader {
  /** For those without a size, to which the kernel gives half of the host's memory. */
  static final long DEFAULT_BYTES = 1L << 30;

  private final Report report;

  RamReader(Report report) {
    this.report = report;
  }

  static boolean knows(String option) {
    return option.startsWith("size=");
  }

  Filesystem read(Setting setting, FstabLine line, Filesystem.Place place) {
    Optional<String> size = line.value("size");
    OptionalLong bytes = size.map(Values::bytes).orElse(OptionalLong.empty());
    if (bytes.isPresent() && bytes.getAsLong() > 0) {
      return new Filesystem.Ram(place, bytes.getAsLong());
    }
    if (size.isPresent()) {
      report.lost(
          setting, "size=" + size.get(), "a domain needs a number of bytes; 1 GiB is taken");
    } else {
      report.note(setting, "a domain needs a size for memory: 1 GiB is taken");
    }
    return new Filesystem.Ram(place, DEFAULT_BYTES);
  }
}
