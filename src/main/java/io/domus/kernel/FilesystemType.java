// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

/** A kind of filesystem by the magic number that statfs(2) gives. */
public record FilesystemType(long magic) {
  public static final FilesystemType OVERLAY = new FilesystemType(0x794c7630L);
  public static final FilesystemType TMPFS = new FilesystemType(0x01021994L);
  public static final FilesystemType EXT4 = new FilesystemType(0xef53L);
  public static final FilesystemType XFS = new FilesystemType(0x58465342L);
  public static final FilesystemType BTRFS = new FilesystemType(0x9123683eL);
  public static final FilesystemType SQUASHFS = new FilesystemType(0x73717368L);
  public static final FilesystemType EROFS = new FilesystemType(0xe0f5e1e2L);
  public static final FilesystemType FUSE = new FilesystemType(0x65735546L);
  public static final FilesystemType NFS = new FilesystemType(0x6969L);
  public static final FilesystemType CGROUP2 = new FilesystemType(0x63677270L);
  public static final FilesystemType CGROUP = new FilesystemType(0x27e0ebL);
  public static final FilesystemType PROC = new FilesystemType(0x9fa0L);
}
