// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * A turn in a domain's life between its record and the file of events: noted before it is recorded,
 * and forgotten once it is told. Of one that died in between, whoever has the domain's lock next
 * tells, once: what was recorded is seen from the record, and what was told from the file of
 * events. The domain's lock is held throughout.
 */
final class UntoldTurn {
  private final Driver driver;
  private final Path file;
  private final EventLog.Line line;

  private UntoldTurn(Driver driver, Path file, EventLog.Line line) {
    this.driver = driver;
    this.file = file;
    this.line = line;
  }

  /** To be followed by the record that it belongs to, and by {@link #tell}. */
  static UntoldTurn note(Driver driver, String name, EventLog.Line line) throws IOException {
    DomainPaths paths = driver.layout().domain(name);
    Files.writeString(paths.untold(), checksum(paths) + "\n" + line.text());
    return new UntoldTurn(driver, paths.untold(), line);
  }

  void tell() throws IOException {
    driver.events().append(line);
    Files.deleteIfExists(file);
  }

  static boolean exists(DomainPaths paths) {
    return Files.exists(paths.untold());
  }

  /** Tells what somebody has left who died over it; there is something. */
  static void settle(Driver driver, String name) throws IOException {
    DomainPaths paths = driver.layout().domain(name);
    String text = Files.readString(paths.untold());
    int end = text.indexOf('\n') + 1;
    // Whoever died over the note itself has recorded nothing.
    boolean whole = end > 0 && end < text.length() && text.endsWith("\n");
    if (whole && !text.substring(0, end).strip().equals(checksum(paths))) {
      EventLog.Line line = new EventLog.Line(text.substring(end));
      if (!driver.events().has(line)) {
        driver.events().append(line);
      }
    }
    Files.delete(paths.untold());
  }

  /** Of what was recorded last, which no two records in a row have. */
  private static String checksum(DomainPaths paths) throws IOException {
    CRC32 sum = new CRC32();
    try {
      sum.update(Files.readAllBytes(paths.status()));
    } catch (NoSuchFileException none) {
      sum.update("none".getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
