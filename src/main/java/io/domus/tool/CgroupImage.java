// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * CRIU's {@code cgroup.img}: in which cgroups the dumped processes were. CRIU puts them there
 * again, and has no option to put them elsewhere if it does not make cgroups itself.
 *
 * <p>Two magic words, then one message of Google's protocol buffers with its length before it:
 * {@code cgroup_entry}, whose field 1 are sets, in whose field 2 are members, whose field 2 is the
 * path, and whose number 3 is how much of it the guest does not see; as {@code images/cgroup.proto}
 * of CRIU 4 has it.
 */
public final class CgroupImage {
  private static final int HEADER = 8;
  private static final int SETS = 1;
  private static final int MEMBERS = 2;
  private static final int PATH = 2;
  private static final int LENGTH_DELIMITED = 2;

  /** Of field 3, a number. */
  private static final long PREFIX_KEY = 3 << 3;

  private CgroupImage() {}

  /**
   * The same image with one cgroup in place of another, and of all below it.
   *
   * @throws IllegalArgumentException if this is no such image
   */
  public static byte[] renamed(byte[] image, String from, String to) {
    ByteBuffer in = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    if (image.length < HEADER + Integer.BYTES) {
      throw new IllegalArgumentException(
          "no image of cgroups: it has %d bytes".formatted(image.length));
    }
    int length = in.getInt(HEADER);
    if (length < 0 || length != image.length - HEADER - Integer.BYTES) {
      throw new IllegalArgumentException(
          "no image of cgroups: its message has %d bytes".formatted(length));
    }
    byte[] message =
        each(
            slice(image, HEADER + Integer.BYTES, length),
            SETS,
            set -> each(set, MEMBERS, member -> member(member, from, to)));
    ByteBuffer out =
        ByteBuffer.allocate(HEADER + Integer.BYTES + message.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(image, 0, HEADER).putInt(message.length).put(message);
    return out.array();
  }

  /** A guest with a namespace of cgroups sees but the rest of its path, without a prefix. */
  private static byte[] member(byte[] member, String from, String to) {
    int[] grown = new int[1];
    byte[] changed =
        each(
            member,
            PATH,
            bytes -> {
              String path = new String(bytes, StandardCharsets.UTF_8);
              if (!path.equals(from) && !path.startsWith(from + "/")) {
                return bytes;
              }
              byte[] other = (to + path.substring(from.length())).getBytes(StandardCharsets.UTF_8);
              grown[0] = other.length - bytes.length;
              return other;
            });
    return grown[0] == 0 ? changed : prefixed(changed, grown[0]);
  }

  private static byte[] prefixed(byte[] member, int grown) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(member.length + 1);
    int at = 0;
    while (at < member.length) {
      int begin = at;
      long key = varint(member, at);
      at = afterVarint(member, at);
      if ((key & 7) == LENGTH_DELIMITED) {
        at = afterVarint(member, at) + (int) varint(member, at);
      } else if (key == PREFIX_KEY) {
        long length = varint(member, at);
        at = afterVarint(member, at);
        write(out, key);
        write(out, length == 0 ? 0 : length + grown);
        continue;
      } else {
        at = afterScalar(member, at, (int) (key & 7));
      }
      out.write(member, begin, at - begin);
    }
    return out.toByteArray();
  }

  @FunctionalInterface
  private interface Change {
    byte[] of(byte[] content);
  }

  /** A message with the content of one of its fields changed, wherever it occurs. */
  private static byte[] each(byte[] message, int field, Change change) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + 16);
    int at = 0;
    while (at < message.length) {
      int begin = at;
      long key = varint(message, at);
      at = afterVarint(message, at);
      int type = (int) (key & 7);
      if (type != LENGTH_DELIMITED) {
        at = afterScalar(message, at, type);
        out.write(message, begin, at - begin);
        continue;
      }
      long length = varint(message, at);
      at = afterVarint(message, at);
      if (length < 0 || length > message.length - at) {
        throw new IllegalArgumentException(
            "no image of cgroups: a field of %d bytes".formatted(length));
      }
      byte[] content = slice(message, at, (int) length);
      at += (int) length;
      byte[] changed = key >>> 3 == field ? change.of(content) : content;
      write(out, key);
      write(out, changed.length);
      out.writeBytes(changed);
    }
    return out.toByteArray();
  }

  private static int afterScalar(byte[] message, int at, int type) {
    int after =
        switch (type) {
          case 0 -> afterVarint(message, at);
          case 1 -> at + Long.BYTES;
          case 5 -> at + Integer.BYTES;
          default ->
              throw new IllegalArgumentException("no image of cgroups: a field of type " + type);
        };
    if (after > message.length) {
      throw new IllegalArgumentException("no image of cgroups: it ends within a field");
    }
    return after;
  }

  private static long varint(byte[] message, int from) {
    long value = 0;
    for (int at = from, shift = 0; shift < Long.SIZE; at++, shift += 7) {
      if (at >= message.length) {
        throw new IllegalArgumentException("no image of cgroups: it ends within a number");
      }
      value |= (long) (message[at] & 0x7f) << shift;
      if (message[at] >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("no image of cgroups: a number without an end");
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

  private static byte[] slice(byte[] bytes, int from, int length) {
    byte[] slice = new byte[length];
    System.arraycopy(bytes, from, slice, 0, length);
    return slice;
  }
}
