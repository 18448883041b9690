// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.tool.Command;
import io.domus.tool.Mkfs;
import io.domus.tool.Truncate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A filesystem of a test's own, in an image file, mounted until it is closed. */
record LoopMount(Path path) implements AutoCloseable {
  private static final long MEBIBYTE = 1 << 20;

  /** Of the kinds that Domus makes images of. */
  enum Kind {
    EXT4,
    XFS,
    BTRFS;

    private Command mkfs(Path image, long inodes) {
      return switch (this) {
        case EXT4 -> Mkfs.ext4(image, inodes);
        case XFS -> Mkfs.xfs(image);
        case BTRFS -> Command.of("mkfs.btrfs", "-q", "-K", image.toString());
      };
    }
  }

  static LoopMount make(Site site, Kind kind, long mebibytes)
      throws IOException, InterruptedException {
    return make(site, kind, mebibytes, 20_000);
  }

  /**
   * @param inodes how many there can be, where the kind has a limit
   */
  static LoopMount make(Site site, Kind kind, long mebibytes, long inodes)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(site.directory(), kind + "-");
    Path image = directory.resolve("image");
    run(Truncate.to(image, mebibytes * MEBIBYTE));
    run(kind.mkfs(image, inodes));
    Path point = Files.createDirectory(directory.resolve("mnt"));
    Host.run("mount", "-o", "loop", image.toString(), point.toString());
    return new LoopMount(point);
  }

  private static void run(Command command) throws IOException, InterruptedException {
    Host.run(command.argv().toArray(String[]::new));
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  void makeReadonly() throws IOException, InterruptedException {
    Host.run("mount", "-o", "remount,ro", path.toString());
  }

  /** All that is taken, once what was written is on the disk. */
  long used() throws IOException, InterruptedException {
    Host.run("sync", "-f", path.toString());
    return Files.getFileStore(path).getTotalSpace()
        - Files.getFileStore(path).getUnallocatedSpace();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    Host.run("umount", path.toString());
  }
}
