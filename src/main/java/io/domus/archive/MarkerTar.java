// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A tar of entries without content, whose names need not be text and may be longer than a file's
 * can be. They belong to root and have no time of their own.
 */
final class MarkerTar implements AutoCloseable {
  private static final int SHORT_NAME = 100;

  private final TarArchiveOutputStream out;

  MarkerTar(Path file) throws IOException {
    this(Files.newOutputStream(file));
  }

  private MarkerTar(OutputStream out) {
    this.out = new TarArchiveOutputStream(out, StandardCharsets.ISO_8859_1.name());
  }

  void file(String name) throws IOException {
    put(name, TarConstants.LF_NORMAL, 0644, Map.of());
  }

  /** The character device 0:0. */
  void whiteout(String name) throws IOException {
    put(name, TarConstants.LF_CHR, 0, Map.of());
  }

  /**
   * @param attributes with values that are text
   */
  void directory(String name, Map<String, String> attributes) throws IOException {
    put(name + "/", TarConstants.LF_DIR, 0755, attributes);
  }

  private void put(String name, byte type, int mode, Map<String, String> attributes)
      throws IOException {
    // Even where no name needs it: GNU tar adds to an archive in the form that it finds there.
    Map<String, String> records = new LinkedHashMap<>(Map.of("path", name));
    attributes.forEach((key, value) -> records.put(PaxRecords.ATTRIBUTE + key, value));
    byte[] content = PaxRecords.write(records);
    TarArchiveEntry header =
        new TarArchiveEntry("PaxHeaders", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
    header.setModTime(0);
    header.setSize(content.length);
    out.putArchiveEntry(header);
    out.write(content);
    out.closeArchiveEntry();
    boolean fits = name.length() <= SHORT_NAME && name.chars().allMatch(one -> one < 0x7f);
    String plain = fits ? name : type == TarConstants.LF_DIR ? "marker/" : "marker";
    TarArchiveEntry entry = new TarArchiveEntry(plain, type, true);
    entry.setMode(mode);
    entry.setIds(0, 0);
    entry.setModTime(0);
    out.putArchiveEntry(entry);
    out.closeArchiveEntry();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
