// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CgroupImageTest {
  private static final String LONG = "/" + "x".repeat(150);

  /** One set with members of these paths, and numbers around them. */
  private static byte[] image(String... paths) {
    ByteArrayOutputStream set = new ByteArrayOutputStream();
    set.write(0x08);
    set.write(1);
    for (String path : paths) {
      ByteArrayOutputStream member = new ByteArrayOutputStream();
      field(member, 1, "pids".getBytes(StandardCharsets.UTF_8));
      field(member, 2, path.getBytes(StandardCharsets.UTF_8));
      member.write(3 << 3);
      int prefix = prefix(path);
      if (prefix > 127) {
        member.write(prefix & 0x7f | 0x80);
      }
      member.write(prefix > 127 ? prefix >> 7 : prefix);
      field(set, 2, member.toByteArray());
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    field(message, 1, set.toByteArray());
    field(message, 2, "/from is no path here".getBytes(StandardCharsets.UTF_8));
    ByteBuffer image = ByteBuffer.allocate(12 + message.size()).order(ByteOrder.LITTLE_ENDIAN);
    image.putInt(0x54564319).putInt(0x59383330).putInt(message.size());
    return image.put(message.toByteArray()).array();
  }

  /** What of these paths a guest in the first directory does not see. */
  private static int prefix(String path) {
    int end = path.indexOf('/', 1);
    return path.equals("/") ? 0 : end < 0 ? path.length() : end;
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] content) {
    out.write(number << 3 | 2);
    if (content.length > 127) {
      out.write(content.length & 0x7f | 0x80);
      out.write(content.length >> 7);
    } else {
      out.write(content.length);
    }
    out.writeBytes(content);
  }

  @Test
  void theCgroupAndWhatIsBelowItGetTheOtherName() {
    assertArrayEquals(
        image("/to", "/to/init.scope", "/", "/from2", "/a/from"),
        CgroupImage.renamed(
            image("/from", "/from/init.scope", "/", "/from2", "/a/from"), "/from", "/to"));
  }

  @Test
  void lengthsGrowAndShrink() {
    byte[] longer = CgroupImage.renamed(image("/from", "/from/a"), "/from", LONG);
    assertArrayEquals(image(LONG, LONG + "/a"), longer);
    assertArrayEquals(image("/from", "/from/a"), CgroupImage.renamed(longer, LONG, "/from"));
  }

  /** Cut anywhere, it is refused or nothing but what it says. */
  @Test
  void whatIsNoImageIsRefused() {
    byte[] whole = image("/from", "/from/a");
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> CgroupImage.renamed(cut, "/from", "/to"))
              .getMessage();
      assertTrue(message.startsWith("no image of cgroups: "), message);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 6, 7})
  void unknownKindsOfFieldsAreRefused(int type) {
    byte[] image = image("/from");
    image[12] = (byte) (1 << 3 | type);
    assertEquals(
        "no message: a field of type " + type,
        assertThrows(
                IllegalArgumentException.class, () -> CgroupImage.renamed(image, "/from", "/to"))
            .getMessage());
  }
}
