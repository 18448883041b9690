// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.compiler.QcowHeader.Backing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers as qemu-img writes them, cut short, damaged and made up. */
class QcowHeaderTest {
  private static final int FORMAT = 0xe2792aca;
  private static final int HEADER = 104;

  /** A version 3 image with the extension for the backing file's format, unless that is empty. */
  private static byte[] image(String backing, String format) {
    byte[] name = backing.getBytes(StandardCharsets.UTF_8);
    byte[] word = format.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(2048);
    int at = HEADER;
    if (!format.isEmpty()) {
      bytes.putInt(at, FORMAT).putInt(at + 4, word.length).put(at + 8, word);
      at += 8 + (word.length + 7 & ~7);
    }
    // An extension that nobody knows, then the end of them.
    bytes.putInt(at, 0x12345678).putInt(at + 4, 5);
    at += 16;
    bytes.putInt(at, 0).putInt(at + 4, 0);
    at += 8;
    bytes.put(0, new byte[] {'Q', 'F', 'I', (byte) 0xfb}).putInt(4, 3);
    bytes.putLong(8, at).putInt(16, name.length).putInt(20, 16).putInt(100, HEADER);
    return bytes.put(at, name).array();
  }

  private static Optional<Backing> backing(Path file, boolean qcow2) {
    return Optional.of(new Backing(file, qcow2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/srv/base.qcow2 | qcow2 | /srv/base.qcow2 | true",
        "base.img        | raw   | base.img        | false",
        "../b/base.img   | ''    | ../b/base.img   | true",
        "file:/srv/a.img | qcow2 | /srv/a.img      | true",
        "file:a:b.img    | raw   | a:b.img         | false",
        "/srv/a:b.img    | raw   | /srv/a:b.img    | false",
        "sub/a:b         | raw   | sub/a:b         | false",
        "/srv/ä öß.img   | raw   | /srv/ä öß.img   | false",
        "json:{\"driver\":\"qcow2\",\"file\":{\"driver\":\"file\",\"filename\":\"/srv/j.img\"}}"
            + " | qcow2 | /srv/j.img | true",
        "json:{\"driver\":\"qcow2\",\"file.driver\":\"file\",\"file.filename\":\"k.img\"}"
            + " | qcow2 | k.img | true",
      })
  void namesAFile(String name, String format, Path file, boolean qcow2) {
    assertEquals(backing(file, qcow2), QcowHeader.backing(image(name, format)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nbd://host/export",
        "nbd:unix:/run/sock",
        "rbd:pool/image",
        "json:{\"driver\":\"nbd\"}",
        "json:{\"file\":17}",
        "json:no json",
        "''",
      })
  void namesNoFileOfTheHost(String name) {
    assertEquals(Optional.empty(), QcowHeader.backing(image(name, "raw")));
  }

  /** The fields of the header, and what is wrong with them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a raw image           | 0  | 4 | 0",
        "version 1             | 4  | 4 | 1",
        "version 4             | 4  | 4 | 4",
        "no backing file       | 8  | 8 | 0",
        "a name in the header  | 8  | 8 | 16",
        "a name past the end   | 8  | 8 | 2040",
        "a negative offset     | 8  | 8 | -8",
        "a monstrous offset    | 8  | 8 | 9223372036854775807",
        "a name of no length   | 16 | 4 | 0",
        "a negative length     | 16 | 4 | -1",
        "a name that is too long | 16 | 4 | 1024",
        "a monstrous length    | 16 | 4 | 2147483647",
      })
  void isNone(String why, int at, int width, long value) {
    ByteBuffer bytes = ByteBuffer.wrap(image("/srv/base.img", "raw"));
    if (width == 8) {
      bytes.putLong(at, value);
    } else {
      bytes.putInt(at, (int) value);
    }
    assertEquals(Optional.empty(), QcowHeader.backing(bytes.array()), why);
  }

  /** Extensions that cannot be read say nothing, so that the file may be anything. */
  @ParameterizedTest
  @CsvSource({"100, 0", "100, 104000", "100, -4", "108, -1", "108, 99999"})
  void damagedExtensions(int at, int value) {
    ByteBuffer bytes = ByteBuffer.wrap(image("/srv/base.img", "raw"));
    bytes.putInt(at, value);
    assertEquals(backing(Path.of("/srv/base.img"), true), QcowHeader.backing(bytes.array()));
  }

  @Test
  void versionTwoHasItsExtensionsEarlier() {
    ByteBuffer bytes = ByteBuffer.allocate(512);
    bytes.put(0, new byte[] {'Q', 'F', 'I', (byte) 0xfb}).putInt(4, 2);
    bytes.putLong(8, 128).putInt(16, 5).put(128, "/base".getBytes(StandardCharsets.US_ASCII));
    bytes.putInt(72, FORMAT).putInt(76, 3).put(80, "raw".getBytes(StandardCharsets.US_ASCII));
    assertEquals(backing(Path.of("/base"), false), QcowHeader.backing(bytes.array()));
  }

  @Test
  void cutShortAnywhere() {
    byte[] whole = image("/srv/base.img", "raw");
    int end = (int) ByteBuffer.wrap(whole).getLong(8) + "/srv/base.img".length();
    for (int length = 0; length < end; length++) {
      assertEquals(Optional.empty(), QcowHeader.backing(Arrays.copyOf(whole, length)));
    }
    assertEquals(
        backing(Path.of("/srv/base.img"), false), QcowHeader.backing(Arrays.copyOf(whole, end)));
  }

  /** Whatever is in there: an answer, never a fault of ours. */
  @Test
  void garbled() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = image("/srv/base.img", "qcow2");
      for (int change = random.nextInt(1, 12); change > 0; change--) {
        bytes[4 + random.nextInt(160)] = (byte) random.nextInt();
      }
      QcowHeader.backing(bytes);
    }
  }
}
