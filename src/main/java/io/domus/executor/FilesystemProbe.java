// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Which filesystem a device holds, by the magic numbers of the kernel's include/uapi/linux/magic.h.
 */
final class FilesystemProbe {
  private FilesystemProbe() {}

  /**
   * @throws IOException if the device cannot be read or holds none of the filesystems known here
   */
  static String type(Path device) throws IOException {
    try (FileChannel channel = FileChannel.open(device, StandardOpenOption.READ)) {
      if (has(channel, 0x438, new byte[] {0x53, (byte) 0xEF})) {
        return "ext4";
      }
      if (has(channel, 0, "XFSB")) {
        return "xfs";
      }
      if (has(channel, 0x10040, "_BHRfS_M")) {
        return "btrfs";
      }
      if (has(channel, 0, "hsqs")) {
        return "squashfs";
      }
      if (has(channel, 1024, new byte[] {(byte) 0xE2, (byte) 0xE1, (byte) 0xF5, (byte) 0xE0})) {
        return "erofs";
      }
    }
    throw new IOException(
        content(device) + ": no filesystem found (known: ext4, xfs, btrfs, squashfs, erofs)");
  }

  /** The image behind a loop device, which is what the definition names. */
  private static String content(Path device) throws IOException {
    Path image = Path.of("/sys/block/" + device.getFileName() + "/loop/backing_file");
    return Files.exists(image) ? Files.readString(image).strip() : device.toString();
  }

  private static boolean has(FileChannel channel, long offset, String magic) throws IOException {
    return has(channel, offset, magic.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean has(FileChannel channel, long offset, byte[] magic) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(magic.length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        return false;
      }
    }
    return java.util.Arrays.equals(buffer.array(), magic);
  }
}
