// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import static io.domus.kernel.LibC.attempt;
import static io.domus.kernel.LibC.call;
import static io.domus.kernel.LibC.failure;
import static io.domus.kernel.Scratch.address;

import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Mounts, by the calls of Linux 5.2 and later and by mount(2). */
interface LinuxMountCalls extends Syscalls {
  int AT_EMPTY_PATH = 0x1000;
  int AT_RECURSIVE = 0x8000;
  int MESSAGE_LIMIT = 8192;
  long MOUNT_ATTR_IDMAP = 0x100000;

  @Override
  default Fd fsopen(String type) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      return new Fd(this, (int) call("fsopen", type, CallNumber.FSOPEN, scratch.string(type), 1));
    }
  }

  @Override
  default void fsconfig(Fd context, FsSetting setting) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      long command;
      long key = 0;
      long value = 0;
      long auxiliary = 0;
      switch (setting) {
        case FsSetting.Flag flag -> {
          command = 0;
          key = scratch.string(flag.key());
        }
        case FsSetting.Text text -> {
          command = 1;
          key = scratch.string(text.key());
          value = scratch.string(text.value());
        }
        case FsSetting.Descriptor descriptor -> {
          command = 5;
          key = scratch.string(descriptor.key());
          auxiliary = descriptor.value().number();
        }
        case FsSetting.Create _ -> command = 6;
      }
      long fd = context.number();
      call("fsconfig", setting, CallNumber.FSCONFIG, fd, command, key, value, auxiliary);
    }
  }

  @Override
  default List<String> readContextLog(Fd context) throws KernelException {
    List<String> sentences = new ArrayList<>();
    try (Scratch scratch = new Scratch()) {
      Pointer message = scratch.zeroed(MESSAGE_LIMIT);
      while (true) {
        long size = attempt(CallNumber.READ, context.number(), address(message), MESSAGE_LIMIT);
        if (size == -Errno.ENODATA.number()) {
          return sentences;
        }
        if (size < 0) {
          throw failure("read log of", context, (int) -size);
        }
        String line = new String(message.getByteArray(0, (int) size), StandardCharsets.UTF_8);
        // A letter for the weight (e, w or i) and a space come first.
        sentences.add(line.substring(Math.min(2, line.length())).strip());
      }
    }
  }

  @Override
  default Fd fsmount(Fd context, Set<MountAttribute> attributes) throws KernelException {
    long bits = FlagBits.of(attributes);
    return new Fd(
        this, (int) call("fsmount", context, CallNumber.FSMOUNT, context.number(), 1, bits));
  }

  @Override
  default Fd openTree(Path path, boolean recursive) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      long flags = 1 | LibC.CLOEXEC | (recursive ? AT_RECURSIVE : 0);
      long name = scratch.string(path);
      return new Fd(
          this, (int) call("open_tree", path, CallNumber.OPEN_TREE, LibC.AT_FDCWD, name, flags));
    }
  }

  @Override
  default void mountSetattr(Fd mount, MountChange change, boolean recursive)
      throws KernelException {
    try (Scratch scratch = new Scratch()) {
      Pointer attributes = scratch.zeroed(32);
      long mapped = change.userNamespace().isPresent() ? MOUNT_ATTR_IDMAP : 0;
      attributes.setLong(0, FlagBits.of(change.set()) | mapped);
      attributes.setLong(8, FlagBits.of(change.clear()));
      attributes.setLong(16, change.propagation().map(Propagation::bits).orElse(0L));
      attributes.setLong(24, change.userNamespace().map(Fd::number).orElse(0));
      call(
          "mount_setattr",
          mount,
          CallNumber.MOUNT_SETATTR,
          mount.number(),
          scratch.string(""),
          AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0),
          address(attributes),
          32);
    }
  }

  @Override
  default void moveMount(Fd mount, Path target) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      call(
          "move_mount to",
          target,
          CallNumber.MOVE_MOUNT,
          mount.number(),
          scratch.string(""),
          LibC.AT_FDCWD,
          scratch.string(target),
          4);
    }
  }

  @Override
  default void mount(String source, Path target, String type, Set<MountFlag> flags, String options)
      throws KernelException {
    try (Scratch scratch = new Scratch()) {
      call(
          type.isEmpty() ? "mount" : "mount " + type + " on",
          target,
          CallNumber.MOUNT,
          scratch.string(source),
          scratch.string(target),
          type.isEmpty() ? 0 : scratch.string(type),
          FlagBits.of(flags),
          options.isEmpty() ? 0 : scratch.string(options));
    }
  }

  @Override
  default void chdir(Path directory) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      call("chdir", directory, CallNumber.CHDIR, scratch.string(directory));
    }
  }

  @Override
  default void umount(Path target, Set<UnmountFlag> flags) throws KernelException {
    try (Scratch scratch = new Scratch()) {
      call("umount", target, CallNumber.UMOUNT2, scratch.string(target), FlagBits.of(flags));
    }
  }
}
