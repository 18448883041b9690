// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The part of {@link FakeSyscalls} that deals with mounts and their namespaces. */
interface FakeMountCalls extends Syscalls {
  FakeKernel kernel();

  @Override
  default Fd fsopen(String type) throws KernelException {
    if (!FakeMounts.knows(type)) {
      throw FakeFiles.failure("fsopen", type, Errno.ENODEV);
    }
    kernel().record("fsopen " + type);
    return kernel().fd(this, new FakeOpen.Context(type));
  }

  @Override
  default void fsconfig(Fd context, FsSetting setting) throws KernelException {
    FakeOpen.Context open = kernel().get("fsconfig", context, FakeOpen.Context.class);
    kernel().record("fsconfig " + setting);
    kernel().mounts.configure(open, setting);
  }

  @Override
  default List<String> readContextLog(Fd context) throws KernelException {
    List<String> log = kernel().get("read log of", context, FakeOpen.Context.class).log;
    List<String> sentences = List.copyOf(log);
    log.clear();
    return sentences;
  }

  @Override
  default Fd fsmount(Fd context, Set<MountAttribute> attributes) throws KernelException {
    FakeOpen.Context open = kernel().get("fsmount", context, FakeOpen.Context.class);
    kernel().record("fsmount " + open.type);
    if (!open.created) {
      throw FakeFiles.failure("fsmount", context, Errno.EINVAL);
    }
    String source = open.values("source").stream().findFirst().orElse("none");
    List<String> options =
        open.settings.stream()
            .filter(setting -> !(setting instanceof FsSetting.Create))
            .map(Objects::toString)
            .toList();
    Set<String> names = FakeMounts.names(attributes);
    return kernel()
        .fd(
            this,
            new FakeOpen.Mount(kernel().mounts.entry(open.type, source, "/", names, options)));
  }

  @Override
  default Fd openTree(Path path, boolean recursive) throws KernelException {
    kernel().files.get("open_tree", path);
    kernel().record("open_tree " + path);
    MountInfo.Entry entry =
        kernel().mounts.entry("ext4", "bind", path.toString(), Set.of(), List.of());
    return kernel().fd(this, new FakeOpen.Mount(entry));
  }

  @Override
  default void mountSetattr(Fd mount, MountChange change, boolean recursive)
      throws KernelException {
    FakeOpen.Mount open = kernel().get("mount_setattr", mount, FakeOpen.Mount.class);
    kernel().record("mount_setattr " + FakeMounts.names(change.set()));
    if (change.userNamespace().isPresent()) {
      // The fake has no user namespace that a descriptor could stand for.
      throw FakeFiles.failure("mount_setattr", mount, Errno.EINVAL);
    }
    kernel().mounts.change(open, change);
  }

  @Override
  default void moveMount(Fd mount, Path target) throws KernelException {
    FakeOpen.Mount open = kernel().get("move_mount to " + target, mount, FakeOpen.Mount.class);
    kernel().record("move_mount to " + target);
    kernel().mounts.attach(open, target);
  }

  @Override
  default void mount(String source, Path target, String type, Set<MountFlag> flags, String options)
      throws KernelException {
    kernel().record("mount " + (type.isEmpty() ? "" : type + " on ") + target);
    kernel().files.get("mount", target);
    if (type.isEmpty() && !flags.contains(MountFlag.BIND)) {
      return; // only the propagation changes, and the fake has no second host to spread to
    }
    if (flags.contains(MountFlag.BIND)) {
      kernel().files.get("mount", Path.of(source));
    } else if (!FakeMounts.knows(type)) {
      throw FakeFiles.failure("mount " + type + " on", target, Errno.ENODEV);
    }
    String shown = type.isEmpty() ? "ext4" : type;
    Set<String> attributes = flags.contains(MountFlag.RDONLY) ? Set.of("ro") : Set.of();
    List<String> words = options.isEmpty() ? List.of() : List.of(options.split(",", -1));
    kernel().mounts.add(kernel().mounts.entry(shown, source, "/", attributes, words), target);
  }

  @Override
  default void umount(Path target, Set<UnmountFlag> flags) throws KernelException {
    kernel().files.get("umount", target);
    kernel().record("umount " + target);
    kernel().mounts.remove(target, flags);
  }

  @Override
  default void chdir(Path directory) throws KernelException {
    kernel().files.get("chdir", directory);
    kernel().record("chdir " + directory);
  }

  @Override
  default void unshare(Set<Namespace> namespaces) throws KernelException {
    kernel().record("unshare");
    if (namespaces.contains(Namespace.MOUNT)) {
      kernel().mounts.leave();
    }
  }

  @Override
  default void setns(Fd fd, Namespace namespace) throws KernelException {
    throw FakeFiles.failure("setns", fd, Errno.EINVAL);
  }
}
