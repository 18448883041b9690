// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import static io.domus.kernel.LibC.attempt;
import static io.domus.kernel.LibC.call;
import static io.domus.kernel.LibC.failure;
import static io.domus.kernel.Scratch.address;

import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files by name: what they are, and their extended attributes. */
interface LinuxFileCalls extends Syscalls {
  int AT_SYMLINK_NOFOLLOW = 0x100;
  int ATTR_MOUNT_ROOT = 0x2000;

  /** Most attributes are short; the kernel allows no more than the second size. */
  List<Integer> XATTR_SIZES = List.of(512, 65536);

  @Override
  default Stat stat(Path path) throws KernelException {
    return statx("stat", path, 0);
  }

  @Override
  default Stat lstat(Path path) throws KernelException {
    return statx("lstat", path, AT_SYMLINK_NOFOLLOW);
  }

  private static Stat statx(String what, Path path, int flags) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      Pointer stat = scratch.zeroed(256);
      long name = scratch.string(path);
      call(what, path, CallNumber.STATX, LibC.AT_FDCWD, name, flags, 0x1fff, address(stat));
      return new Stat(
          new DeviceNumber(stat.getInt(136), stat.getInt(140)),
          stat.getLong(32),
          stat.getShort(28) & 0xffff,
          stat.getInt(20),
          stat.getInt(24),
          stat.getLong(40),
          stat.getInt(16),
          new DeviceNumber(stat.getInt(128), stat.getInt(132)),
          stat.getLong(80) * 1_000_000_000 + stat.getInt(88),
          stat.getLong(144),
          stat.getLong(48) * 512);
    }
  }

  @Override
  default FilesystemType statfs(Path path) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      Pointer facts = scratch.zeroed(120);
      call("statfs", path, CallNumber.STATFS, scratch.string(path), address(facts));
      return new FilesystemType(facts.getLong(0));
    }
  }

  @Override
  default void mknod(Path path, int mode, DeviceNumber device) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      long name = scratch.string(path);
      call("mknod", path, CallNumber.MKNODAT, LibC.AT_FDCWD, name, mode, device.encode());
    }
  }

  @Override
  default Optional<byte[]> lgetxattr(Path path, String name) throws KernelException {
    for (int size : XATTR_SIZES) {
      try (Scratch scratch = new Scratch()) {
        Pointer value = scratch.zeroed(size);
        long file = scratch.string(path);
        long key = scratch.string(name);
        long length = attempt(CallNumber.LGETXATTR, file, key, address(value), size);
        if (length >= 0) {
          return Optional.of(value.getByteArray(0, (int) length));
        }
        if (length == -Errno.ENODATA.number()) {
          return Optional.empty();
        }
        if (length != -Errno.ERANGE.number()) {
          throw failure("lgetxattr " + name, path, (int) -length);
        }
      }
    }
    throw failure("lgetxattr " + name, path, Errno.ERANGE.number());
  }

  @Override
  default List<String> llistxattr(Path path) throws KernelException {
    for (int size : XATTR_SIZES) {
      try (Scratch scratch = new Scratch()) {
        Pointer names = scratch.zeroed(size);
        long file = scratch.string(path);
        long length = attempt(CallNumber.LLISTXATTR, file, address(names), size);
        if (length >= 0) {
          String all = new String(names.getByteArray(0, (int) length), StandardCharsets.UTF_8);
          return all.isEmpty() ? List.of() : List.of(all.split("\0"));
        }
        if (length != -Errno.ERANGE.number()) {
          throw failure("llistxattr", path, (int) -length);
        }
      }
    }
    throw failure("llistxattr", path, Errno.ERANGE.number());
  }

  @Override
  default void lsetxattr(Path path, String name, byte[] value) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      call(
          "lsetxattr " + name,
          path,
          CallNumber.LSETXATTR,
          scratch.string(path),
          scratch.string(name),
          scratch.bytes(value),
          value.length);
    }
  }

  @Override
  default void lremovexattr(Path path, String name) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      long file = scratch.string(path);
      call("lremovexattr " + name, path, CallNumber.LREMOVEXATTR, file, scratch.string(name));
    }
  }
}
