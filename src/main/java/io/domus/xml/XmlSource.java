// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The bytes of a document and the name that messages give it. The encoding is found by the parser,
 * from the byte order mark or the XML declaration.
 */
public final class XmlSource {
  /** The most bytes a document may have. */
  public static final int LIMIT = 4 << 20;

  private final String file;
  private final byte[] bytes;

  private XmlSource(String file, byte[] bytes) {
    this.file = Objects.requireNonNull(file, "file");
    this.bytes = bytes;
  }

  /** {@code bytes} must not be changed afterwards. */
  public static XmlSource of(String file, byte[] bytes) {
    return new XmlSource(file, Objects.requireNonNull(bytes, "bytes"));
  }

  /** Reads no more than is needed to see that a document is too large. */
  public static XmlSource read(String file, InputStream in) throws IOException {
    return new XmlSource(file, in.readNBytes(LIMIT + 1));
  }

  public String file() {
    return file;
  }

  boolean tooLarge() {
    return bytes.length > LIMIT;
  }

  byte[] bytes() {
    return bytes;
  }
}
