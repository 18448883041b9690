// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The part of {@link FakeSyscalls} that deals with files and descriptors. */
interface FakeFileCalls extends Syscalls {
  FakeKernel kernel();

  @Override
  default Fd open(Path path, Set<OpenFlag> flags, int mode) throws KernelException {
    if (path.startsWith("/proc/self/fd")) {
      int number = Integer.parseInt(path.getFileName().toString());
      return kernel()
          .fd(
              this,
              kernel()
                  .files
                  .open(((FakeOpen.File) kernel().descriptors.get(number)).path, flags, mode));
    }
    return kernel().fd(this, kernel().files.open(path, flags, mode));
  }

  @Override
  default Fd openInRoot(Fd root, String path, Set<OpenFlag> flags) throws KernelException {
    Path top = kernel().get("open", root, FakeOpen.File.class).path;
    Path inside = Path.of("/").resolve(path).normalize();
    return kernel()
        .fd(this, kernel().files.open(top.resolve(Path.of("/").relativize(inside)), flags, 0));
  }

  @Override
  default void close(int descriptor) throws KernelException {
    FakeOpen open = kernel().descriptors.remove(descriptor);
    switch (open) {
      case null -> throw FakeFiles.failure("close", descriptor, Errno.EBADF);
      case FakeOpen.File file -> file.node.locks.remove(file);
      case FakeOpen.PipeEnd end -> end.closed = true;
      case FakeOpen.Context _, FakeOpen.Mount _, FakeOpen.Process _ -> {}
    }
  }

  @Override
  default byte[] read(Fd fd, int limit) throws KernelException {
    if (kernel().descriptors.get(fd.number()) instanceof FakeOpen.PipeEnd end && !end.writes) {
      byte[] all = end.content.toByteArray();
      if (all.length == 0 && !end.other.closed) {
        throw new IllegalStateException("would wait for ever");
      }
      end.content.reset();
      end.content.write(all, Math.min(limit, all.length), Math.max(0, all.length - limit));
      return Arrays.copyOf(all, Math.min(limit, all.length));
    }
    FakeOpen.File file = kernel().get("read", fd, FakeOpen.File.class);
    int end = Math.min(file.node.content.length, file.position + limit);
    byte[] bytes = Arrays.copyOfRange(file.node.content, file.position, end);
    file.position = end;
    return bytes;
  }

  @Override
  default void write(Fd fd, byte[] bytes) throws KernelException {
    if (kernel().descriptors.get(fd.number()) instanceof FakeOpen.PipeEnd end && end.writes) {
      if (end.other.closed) {
        throw FakeFiles.failure("write", fd, Errno.EPIPE);
      }
      end.content.writeBytes(bytes);
      return;
    }
    FakeOpen.File file = kernel().get("write", fd, FakeOpen.File.class);
    if (!file.flags.contains(OpenFlag.WRONLY) && !file.flags.contains(OpenFlag.RDWR)) {
      throw FakeFiles.failure("write", fd, Errno.EBADF);
    }
    int from = file.flags.contains(OpenFlag.APPEND) ? file.node.content.length : file.position;
    int size = Math.max(file.node.content.length, from + bytes.length);
    file.node.content = Arrays.copyOf(file.node.content, size);
    System.arraycopy(bytes, 0, file.node.content, from, bytes.length);
    file.position = from + bytes.length;
  }

  @Override
  default Pipe pipe() {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    FakeOpen.PipeEnd reader = new FakeOpen.PipeEnd(false, content);
    FakeOpen.PipeEnd writer = new FakeOpen.PipeEnd(true, content);
    reader.other = writer;
    writer.other = reader;
    return new Pipe(kernel().fd(this, reader), kernel().fd(this, writer));
  }

  @Override
  default boolean poll(Fd fd, Duration timeout) throws KernelException {
    return switch (kernel().get("poll", fd, FakeOpen.class)) {
      case FakeOpen.PipeEnd end -> end.content.size() > 0 || end.other.closed;
      case FakeOpen.Process process -> !kernel().processes.containsKey(process.pid());
      case FakeOpen.File _, FakeOpen.Context _, FakeOpen.Mount _ -> true;
    };
  }

  @Override
  default boolean flock(Fd fd, LockOperation operation) throws KernelException {
    FakeOpen.File file = kernel().get("flock", fd, FakeOpen.File.class);
    if (operation == LockOperation.UNLOCK) {
      file.node.locks.remove(file);
      return true;
    }
    boolean wantsAll =
        operation == LockOperation.EXCLUSIVE || operation == LockOperation.TRY_EXCLUSIVE;
    boolean free =
        file.node.locks.entrySet().stream()
            .filter(lock -> lock.getKey() != file)
            .allMatch(lock -> !wantsAll && lock.getValue() == LockOperation.SHARED);
    if (free) {
      file.node.locks.put(file, wantsAll ? LockOperation.EXCLUSIVE : LockOperation.SHARED);
    } else if (operation == LockOperation.SHARED || operation == LockOperation.EXCLUSIVE) {
      throw new IllegalStateException("would wait for ever");
    }
    return free;
  }

  @Override
  default Stat stat(Path path) throws KernelException {
    FakeNode node = kernel().files.get("stat", path);
    return new Stat(
        new DeviceNumber(0, 1),
        node.inode,
        node.mode,
        0,
        0,
        node.content.length,
        1,
        node.device,
        1,
        1,
        node.content.length);
  }

  @Override
  default Stat lstat(Path path) throws KernelException {
    return stat(path);
  }

  @Override
  default FilesystemType statfs(Path path) throws KernelException {
    kernel().files.get("statfs", path);
    return FilesystemType.EXT4;
  }

  @Override
  default void mknod(Path path, int mode, DeviceNumber device) throws KernelException {
    kernel().record("mknod " + path);
    kernel().files.make("mknod", path, mode, device);
  }

  @Override
  default Optional<byte[]> lgetxattr(Path path, String name) throws KernelException {
    return Optional.ofNullable(kernel().files.get("lgetxattr " + name, path).attributes.get(name));
  }

  @Override
  default List<String> llistxattr(Path path) throws KernelException {
    return List.copyOf(kernel().files.get("llistxattr", path).attributes.keySet());
  }

  @Override
  default void lsetxattr(Path path, String name, byte[] value) throws KernelException {
    kernel().record("lsetxattr " + name + " " + path);
    kernel().files.get("lsetxattr " + name, path).attributes.put(name, value.clone());
  }

  @Override
  default void lremovexattr(Path path, String name) throws KernelException {
    kernel().record("lremovexattr " + name + " " + path);
    if (kernel().files.get("lremovexattr " + name, path).attributes.remove(name) == null) {
      throw FakeFiles.failure("lremovexattr " + name, path, Errno.ENODATA);
    }
  }
}
