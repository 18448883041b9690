// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the beginning of a qcow2 image says of the image's backing file. Images may come from
 * anywhere: what is no such header, or damaged, names none, as it does for those who open it.
 */
public final class QcowHeader {
  /** So much of an image must be read: the name lies in its first cluster, behind the header. */
  public static final int LENGTH = 1 << 16;

  private static final int MAGIC = 0x514649fb;
  private static final int SHORTEST = 72;
  private static final int LENGTH_FIELD = 100;
  private static final int LONGEST_NAME = 1023;
  private static final int FORMAT_EXTENSION = 0xe2792aca;

  private QcowHeader() {}

  /**
   * Another image beneath one.
   *
   * @param file as the header names it, relative to the directory of the image
   * @param qcow2 whether it may have a backing file itself
   */
  public record Backing(Path file, boolean qcow2) {}

  public static Optional<Backing> backing(byte[] head) {
    ByteBuffer bytes = ByteBuffer.wrap(head);
    if (head.length < SHORTEST || bytes.getInt(0) != MAGIC || version(bytes) < 2) {
      return Optional.empty();
    }
    long offset = bytes.getLong(8);
    int size = bytes.getInt(16);
    if (size <= 0 || size > LONGEST_NAME || offset < SHORTEST || offset > head.length - size) {
      return Optional.empty();
    }
    return text(bytes.slice((int) offset, size))
        .flatMap(QcowHeader::file)
        .map(file -> new Backing(file, mayBeQcow(bytes, (int) offset)));
  }

  private static int version(ByteBuffer bytes) {
    int version = bytes.getInt(4);
    return version == 2 || version == 3 ? version : 0;
  }

  /** Without a word about the format it is whatever the file itself claims to be. */
  private static boolean mayBeQcow(ByteBuffer bytes, int end) {
    int at = SHORTEST;
    if (version(bytes) == 3) {
      int length = bytes.limit() > LENGTH_FIELD + 4 ? bytes.getInt(LENGTH_FIELD) : 0;
      if (length <= LENGTH_FIELD || length > end) {
        return true;
      }
      at = length;
    }
    while (at <= end - 8 && bytes.getInt(at) != 0) {
      int type = bytes.getInt(at);
      int length = bytes.getInt(at + 4);
      if (length < 0 || length > end - at - 8) {
        return true;
      }
      if (type == FORMAT_EXTENSION) {
        return text(bytes.slice(at + 8, length)).filter("qcow2"::equals).isPresent();
      }
      at += 8 + (length + 7 & ~7);
    }
    return true;
  }

  private static Optional<String> text(ByteBuffer bytes) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException odd) {
      return Optional.empty();
    }
  }

  /** A file of the host; what comes over a network is nobody's here. */
  private static Optional<Path> file(String name) {
    if (name.startsWith("json:")) {
      return described(name.substring("json:".length()));
    }
    String plain = name.startsWith("file:") ? name.substring("file:".length()) : name;
    int colon = plain.indexOf(':');
    int slash = plain.indexOf('/');
    boolean elsewhere = colon >= 0 && (slash < 0 || colon < slash);
    return elsewhere && plain.equals(name) ? Optional.empty() : path(plain);
  }

  private static Optional<Path> path(String name) {
    try {
      return name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name));
    } catch (InvalidPathException nul) {
      return Optional.empty();
    }
  }

  /** The file at the bottom of a stack of drivers. */
  private static Optional<Path> described(String json) {
    try {
      Map<?, ?> at = JSON.std.mapFrom(json);
      while (true) {
        for (String key : new String[] {"filename", "file.filename"}) {
          if (at.get(key) instanceof String name) {
            return path(name);
          }
        }
        if (!(at.get("file") instanceof Map<?, ?> inner)) {
          return Optional.empty();
        }
        at = inner;
      }
    } catch (IOException | RuntimeException odd) {
      return Optional.empty();
    }
  }
}
