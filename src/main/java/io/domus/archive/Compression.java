// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** What is around the whole tar of an archive. */
public enum Compression {
  ZSTD(0x28, 0xb5, 0x2f, 0xfd) {
    @Override
    OutputStream around(OutputStream out) throws IOException {
      ZstdOutputStream compressed = new ZstdOutputStream(out, LEVEL);
      compressed.setWorkers(WORKERS);
      compressed.setChecksum(true);
      return compressed;
    }

    @Override
    InputStream within(InputStream in) throws IOException {
      return new ZstdInputStream(in);
    }
  },
  GZIP(0x1f, 0x8b) {
    @Override
    OutputStream around(OutputStream out) throws IOException {
      return new GZIPOutputStream(out, BUFFER);
    }

    @Override
    InputStream within(InputStream in) throws IOException {
      // Java's own takes whatever follows for an end.
      return GzipCompressorInputStream.builder()
          .setInputStream(in)
          .setDecompressConcatenated(true)
          .get();
    }
  },
  NONE {
    @Override
    OutputStream around(OutputStream out) {
      return new BufferedOutputStream(out, BUFFER);
    }

    @Override
    InputStream within(InputStream in) {
      return in;
    }
  };

  private static final int LEVEL = 3;
  private static final int WORKERS = 2;
  private static final int BUFFER = 1 << 16;

  /** How many bytes {@link #of} has to see. */
  static final int MAGIC = 4;

  private final int[] magic;

  Compression(int... magic) {
    this.magic = magic;
  }

  /** What writes into it comes out compressed; closing it ends the compressed stream. */
  abstract OutputStream around(OutputStream out) throws IOException;

  abstract InputStream within(InputStream in) throws IOException;

  /** By the first bytes of a file; what is not known is taken for a plain tar. */
  static Compression of(byte[] head) {
    for (Compression compression : values()) {
      if (compression.magic.length > 0 && compression.begins(head)) {
        return compression;
      }
    }
    return NONE;
  }

  private boolean begins(byte[] head) {
    for (int at = 0; at < magic.length; at++) {
      if (at >= head.length || (head[at] & 0xff) != magic[at]) {
        return false;
      }
    }
    return true;
  }
}
