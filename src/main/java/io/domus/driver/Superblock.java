// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What a filesystem says of itself where it lies on a device: nothing is mounted to know it. The
 * numbers are those of the last unmount.
 *
 * @param type the kernel's name
 * @param bytes that its files take
 * @param inodes how many there are; 0 where it does not say
 */
record Superblock(String type, long bytes, long inodes) {
  private static final int SIZE = 1024;
  private static final int EXT4 = 1024;
  private static final int BTRFS = 1 << 16;
  private static final int EXT4_64BIT = 0x80;
  private static final long UNSIGNED = 0xffff_ffffL;

  /** Reads from a disk; empty where it cannot tell. */
  interface Disk {
    Optional<ByteBuffer> content(long position, int length) throws IOException;
  }

  /** An image or device as it is. */
  static Disk raw(Path file) {
    return (position, length) -> {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) {
          read = channel.read(buffer, position + buffer.position());
        }
        return Optional.of(buffer.flip());
      }
    };
  }

  /** Empty if there is none of a kind that is known here. */
  static Optional<Superblock> read(Disk disk) throws IOException {
    Optional<Superblock> found = disk.content(0, SIZE).flatMap(Superblock::xfs);
    if (found.isEmpty()) {
      found = disk.content(EXT4, SIZE).flatMap(Superblock::ext4);
    }
    if (found.isEmpty()) {
      found = disk.content(BTRFS, SIZE).flatMap(Superblock::btrfs);
    }
    return found;
  }

  private static Optional<Superblock> ext4(ByteBuffer block) {
    block.order(ByteOrder.LITTLE_ENDIAN);
    if (block.limit() < SIZE || block.getShort(0x38) != (short) 0xef53) {
      return Optional.empty();
    }
    boolean wide = (block.getInt(0x60) & EXT4_64BIT) != 0;
    long blocks = unsigned(block, 4) | (wide ? unsigned(block, 0x150) << 32 : 0);
    long free = unsigned(block, 0xc) | (wide ? unsigned(block, 0x158) << 32 : 0);
    long size = SIZE << block.getInt(0x18);
    long inodes = unsigned(block, 0);
    // The tables of inodes and the journal are its own, not its files'.
    long tables = inodes * (block.getShort(0x58) & 0xffff);
    long journal = unsigned(block, 0x10c + 16 * Integer.BYTES);
    return Optional.of(
        new Superblock(
            "ext4",
            Math.max(0, (blocks - free) * size - tables - journal),
            inodes - unsigned(block, 0x10)));
  }

  private static Optional<Superblock> xfs(ByteBuffer block) {
    block.order(ByteOrder.BIG_ENDIAN);
    if (block.limit() < SIZE || block.getInt(0) != 0x58465342) {
      return Optional.empty();
    }
    long used = block.getLong(8) - block.getLong(144) - unsigned(block, 96);
    return Optional.of(
        new Superblock(
            "xfs",
            Math.max(0, used * block.getInt(4)),
            Math.max(0, block.getLong(128) - block.getLong(136))));
  }

  private static Optional<Superblock> btrfs(ByteBuffer block) {
    block.order(ByteOrder.LITTLE_ENDIAN);
    // "_BHRfS_M"
    if (block.limit() < SIZE || block.getLong(0x40) != 0x4d5f53665248425fL) {
      return Optional.empty();
    }
    return Optional.of(new Superblock("btrfs", block.getLong(0x78), 0));
  }

  private static long unsigned(ByteBuffer block, int at) {
    return block.getInt(at) & UNSIGNED;
  }
}
