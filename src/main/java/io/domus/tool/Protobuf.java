// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/**
 * Messages of Google's protocol buffers, as far as CRIU's images need them: fields are keys, of a
 * number and a type, with numbers or content after them.
 *
 * <p>Whatever is no such message is an {@link IllegalArgumentException}.
 */
final class Protobuf {
  private static final int LENGTH_DELIMITED = 2;

  private Protobuf() {}

  @FunctionalInterface
  interface Change {
    byte[] of(byte[] content);
  }

  /** A message with the content of one of its fields changed, wherever it occurs. */
  static byte[] each(byte[] message, int field, Change change) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + 16);
    int at = 0;
    while (at < message.length) {
      int begin = at;
      long key = varint(message, at);
      at = afterField(message, at);
      if (key != ((long) field << 3 | LENGTH_DELIMITED)) {
        out.write(message, begin, at - begin);
        continue;
      }
      int content = afterVarint(message, afterVarint(message, begin));
      byte[] changed = change.of(slice(message, content, at - content));
      write(out, key);
      write(out, changed.length);
      out.writeBytes(changed);
    }
    return out.toByteArray();
  }

  /** A message with one of its fields, which is a number, changed wherever it occurs. */
  static byte[] eachNumber(byte[] message, int field, LongUnaryOperator change) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + 16);
    int at = 0;
    while (at < message.length) {
      int begin = at;
      long key = varint(message, at);
      at = afterField(message, at);
      if (key == (long) field << 3) {
        write(out, key);
        write(out, change.applyAsLong(varint(message, afterVarint(message, begin))));
      } else {
        out.write(message, begin, at - begin);
      }
    }
    return out.toByteArray();
  }

  /** The fields of a message that are numbers, by theirs. */
  static Map<Integer, Long> numbers(byte[] message) {
    Map<Integer, Long> numbers = new HashMap<>();
    int at = 0;
    while (at < message.length) {
      long key = varint(message, at);
      if ((key & 7) == 0) {
        numbers.put((int) (key >>> 3), varint(message, afterVarint(message, at)));
      }
      at = afterField(message, at);
    }
    return numbers;
  }

  private static int afterField(byte[] message, int from) {
    long key = varint(message, from);
    int at = afterVarint(message, from);
    if ((key & 7) != LENGTH_DELIMITED) {
      return afterScalar(message, at, (int) (key & 7));
    }
    long length = varint(message, at);
    at = afterVarint(message, at);
    if (length < 0 || length > message.length - at) {
      throw new IllegalArgumentException("no message: a field of %d bytes".formatted(length));
    }
    return at + (int) length;
  }

  private static int afterScalar(byte[] message, int at, int type) {
    int after =
        switch (type) {
          case 0 -> afterVarint(message, at);
          case 1 -> at + Long.BYTES;
          case 5 -> at + Integer.BYTES;
          default -> throw new IllegalArgumentException("no message: a field of type " + type);
        };
    if (after > message.length) {
      throw new IllegalArgumentException("no message: it ends within a field");
    }
    return after;
  }

  private static long varint(byte[] message, int from) {
    long value = 0;
    for (int at = from, shift = 0; shift < Long.SIZE; at++, shift += 7) {
      if (at >= message.length) {
        throw new IllegalArgumentException("no message: it ends within a number");
      }
      value |= (long) (message[at] & 0x7f) << shift;
      if (message[at] >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("no message: a number without an end");
  }

  private static int afterVarint(byte[] message, int from) {
    int at = from;
    while (at < message.length && message[at] < 0) {
      at++;
    }
    return at + 1;
  }

  private static void write(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest >>> 7 != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  static byte[] slice(byte[] bytes, int from, int length) {
    byte[] slice = new byte[length];
    System.arraycopy(bytes, from, slice, 0, length);
    return slice;
  }
}
