// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** One file with all that a domain takes to go on elsewhere: a tar, its manifest first. */
public final class CheckpointArchive {
  /** The name of the entry that says what the others are. */
  public static final String MANIFEST = "manifest.json";

  private CheckpointArchive() {}

  /**
   * Writes all regular files below a directory.
   *
   * @param manifest what it says of entries is replaced
   * @param out flushed and not closed
   * @param progress is told how many bytes of the files are written so far
   * @return the manifest with the entries
   */
  public static Manifest write(
      Path staging,
      Manifest manifest,
      OutputStream out,
      Compression compression,
      LongConsumer progress)
      throws IOException {
    throw new UnsupportedOperationException("write " + staging);
  }

  /**
   * Unpacks an archive and checks all of it; after a failure nothing is left.
   *
   * @param in of any compression, read to its end and not closed
   * @param into must not be there
   */
  public static Manifest read(InputStream in, Path into) throws IOException {
    throw new UnsupportedOperationException("read " + into);
  }

  /** Reads the manifest and no more. */
  public static Manifest peek(InputStream in) throws IOException {
    throw new UnsupportedOperationException("peek " + in);
  }
}
