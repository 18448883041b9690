// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import static io.domus.kernel.LibC.attempt;
import static io.domus.kernel.LibC.call;
import static io.domus.kernel.LibC.failure;
import static io.domus.kernel.Scratch.address;

import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** Descriptors: opening, reading, waiting, locking. */
interface LinuxDescriptorCalls extends Syscalls {
  @Override
  default Fd open(Path path, Set<OpenFlag> flags, int mode) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      long bits = FlagBits.of(flags) | LibC.CLOEXEC;
      return new Fd(
          this,
          (int)
              call(
                  "open",
                  path,
                  CallNumber.OPENAT,
                  LibC.AT_FDCWD,
                  scratch.string(path),
                  bits,
                  mode));
    }
  }

  @Override
  default Fd openInRoot(Fd root, String path, Set<OpenFlag> flags) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      Pointer how = scratch.zeroed(24);
      how.setLong(0, FlagBits.of(flags) | LibC.CLOEXEC);
      how.setLong(16, 0x10);
      long name = scratch.string(path);
      return new Fd(
          this,
          (int) call("open", path, CallNumber.OPENAT2, root.number(), name, address(how), 24));
    }
  }

  @Override
  default void close(int descriptor) throws KernelException {
    long result = attempt(CallNumber.CLOSE, descriptor);
    // Linux has released the descriptor even if a signal came; closing it again would hit another.
    if (result < 0 && result != -Errno.EINTR.number()) {
      throw failure("close", descriptor, (int) -result);
    }
  }

  @Override
  default byte[] read(Fd fd, int limit) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      Pointer buffer = scratch.zeroed(limit);
      long size = call("read", fd, CallNumber.READ, fd.number(), address(buffer), limit);
      return buffer.getByteArray(0, (int) size);
    }
  }

  @Override
  default void write(Fd fd, byte[] bytes) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      long from = scratch.bytes(bytes);
      long done = 0;
      while (done < bytes.length) {
        done += call("write", fd, CallNumber.WRITE, fd.number(), from + done, bytes.length - done);
      }
    }
  }

  @Override
  default Pipe pipe() throws KernelException {
    try (Scratch scratch = new Scratch()) {
      Pointer ends = scratch.zeroed(8);
      call("pipe", "", CallNumber.PIPE2, address(ends), LibC.CLOEXEC);
      return new Pipe(new Fd(this, ends.getInt(0)), new Fd(this, ends.getInt(4)));
    }
  }

  @Override
  default boolean poll(Fd fd, Duration timeout) throws KernelException {
    long deadline = System.nanoTime() + timeout.toNanos();
    try (Scratch scratch = new Scratch()) {
      Pointer request = scratch.zeroed(8);
      Pointer wait = scratch.zeroed(16);
      while (true) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        request.setInt(0, fd.number());
        request.setShort(4, (short) 1);
        wait.setLong(0, left.toSeconds());
        wait.setLong(8, left.toNanosPart());
        long result = attempt(CallNumber.PPOLL, address(request), 1, address(wait));
        if (result >= 0) {
          return result > 0;
        }
        if (result != -Errno.EINTR.number()) {
          throw failure("poll", fd, (int) -result);
        }
      }
    }
  }

  @Override
  default boolean flock(Fd fd, LockOperation operation) throws KernelException {
    long result = attempt(CallNumber.FLOCK, fd.number(), operation.bits());
    while (result == -Errno.EINTR.number()) {
      result = attempt(CallNumber.FLOCK, fd.number(), operation.bits());
    }
    if (result < 0 && result != -Errno.EAGAIN.number()) {
      throw failure("flock", fd, (int) -result);
    }
    return result == 0;
  }
}
