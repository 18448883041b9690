// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.kernel.DeviceNumber;
import io.domus.kernel.KernelException;
import io.domus.kernel.Stat;
import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What there is to copy: found by a walk over a tree that leaves out what is mounted in it.
 *
 * @param bytes that the content takes on a disk, in whole blocks
 * @param volumes the directories where another device begins though nothing is mounted: subvolumes
 *     of btrfs, which belong to the tree; an outer one before those in it
 */
record CopySource(long bytes, long inodes, List<Path> volumes) {
  CopySource {
    volumes = List.copyOf(volumes);
  }

  static CopySource of(Syscalls syscalls, Path tree) throws IOException {
    Walk walk = new Walk(syscalls, syscalls.lstat(tree).mount());
    Files.walkFileTree(tree, walk);
    return new CopySource(walk.bytes, walk.inodes, walk.volumes);
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    /** Below this the blocks of a file follow from its size, without another system call. */
    private static final long SMALL = 1 << 16;

    private static final long BLOCK = 4096;

    private record Inode(DeviceNumber device, long number) {}

    private final Syscalls syscalls;
    private final long mount;
    private final Deque<DeviceNumber> devices = new ArrayDeque<>();
    private final Set<Inode> linked = new HashSet<>();
    private final List<Path> volumes = new ArrayList<>();
    private long bytes;
    private long inodes;

    Walk(Syscalls syscalls, long mount) {
      this.syscalls = syscalls;
      this.mount = mount;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes facts)
        throws IOException {
      if (Thread.currentThread().isInterrupted()) {
        throw new IOException("interrupted while " + directory + " was read");
      }
      inodes++;
      Stat stat = syscalls.lstat(directory);
      if (stat.mount() != mount) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (!devices.isEmpty() && !devices.peek().equals(stat.device())) {
        volumes.add(directory);
      }
      devices.push(stat.device());
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure)
        throws IOException {
      devices.pop();
      return super.postVisitDirectory(directory, failure);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes facts) throws IOException {
      inodes++;
      if (facts.isRegularFile()) {
        bytes +=
            facts.size() <= SMALL ? (facts.size() + BLOCK - 1) / BLOCK * BLOCK : allocated(file);
      }
      return FileVisitResult.CONTINUE;
    }

    /** Of a large file, which may be sparse, and is copied once however many names it has. */
    private long allocated(Path file) throws KernelException {
      Stat stat = syscalls.lstat(file);
      boolean again = stat.links() > 1 && !linked.add(new Inode(stat.device(), stat.inode()));
      return again ? 0 : stat.allocated();
    }

    /** What is gone meanwhile is not counted; whether that matters is for the copy to say. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }
}
