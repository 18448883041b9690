// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

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

  private static final int PREFIX = 3;

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
        Protobuf.each(
            Protobuf.slice(image, HEADER + Integer.BYTES, length),
            SETS,
            set -> Protobuf.each(set, MEMBERS, member -> member(member, from, to)));
    ByteBuffer out =
        ByteBuffer.allocate(HEADER + Integer.BYTES + message.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(image, 0, HEADER).putInt(message.length).put(message);
    return out.array();
  }

  /** A guest with a namespace of cgroups sees but the rest of its path, without a prefix. */
  private static byte[] member(byte[] member, String from, String to) {
    int[] grown = new int[1];
    byte[] changed =
        Protobuf.each(
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
    return grown[0] == 0
        ? changed
        : Protobuf.eachNumber(changed, PREFIX, length -> length == 0 ? 0 : length + grown[0]);
  }
}
