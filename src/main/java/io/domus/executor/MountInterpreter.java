// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.kernel.Fd;
import io.domus.kernel.FsContext;
import io.domus.kernel.KernelException;
import io.domus.kernel.MountAttribute;
import io.domus.kernel.MountChange;
import io.domus.kernel.OpenFlag;
import io.domus.kernel.Propagation;
import io.domus.kernel.Stat;
import io.domus.kernel.Syscalls;
import io.domus.plan.MountFlags;
import io.domus.plan.MountSpec;
import io.domus.plan.ShownIds;
import io.domus.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * Mounts in the calling thread's namespace. A tree is built detached and attached last, so that a
 * failure before that leaves nothing to take back.
 */
public final class MountInterpreter {
  private final Syscalls syscalls;
  private final OverlayMount overlays;
  private final MountedIds maps;

  public MountInterpreter(Syscalls syscalls, OverlayMount overlays, MountedIds maps) {
    this.syscalls = syscalls;
    this.overlays = overlays;
    this.maps = maps;
  }

  void mount(Step.MountFilesystem step) throws IOException {
    switch (step.spec()) {
      case MountSpec.Overlay overlay -> overlays.mount(overlay, step.target());
      case MountSpec.Bind bind -> bind(bind, step.target());
      case MountSpec.GuestBind bind -> guestBind(bind, step.target());
      case MountSpec.Tmpfs tmpfs -> tmpfs(tmpfs, step.target());
      case MountSpec.Device device -> device(device, step.target());
    }
  }

  private void bind(MountSpec.Bind bind, Path target) throws IOException {
    try (Fd tree = syscalls.openTree(bind.source(), bind.recursive())) {
      maps.map(tree, bind.ids(), bind.recursive(), bind.source());
      attach(tree, bind.recursive(), bind.flags(), target);
    } catch (KernelException failure) {
      throw unexplained("bind " + bind.source(), failure);
    }
  }

  /** The tree is opened below its base with the kernel's promise that no link leads out of it. */
  private void guestBind(MountSpec.GuestBind bind, Path target) throws IOException {
    try (Fd base = syscalls.open(bind.base(), OpenFlag.PATH, OpenFlag.DIRECTORY);
        Fd source = syscalls.openInRoot(base, bind.path().value(), Set.of(OpenFlag.PATH))) {
      Stat stat = syscalls.stat(source.path());
      if (stat.isDirectory()) {
        Files.createDirectories(target);
      } else if (!Files.exists(target)) {
        Files.createFile(target);
      }
      bind(new MountSpec.Bind(source.path(), true, bind.flags(), ShownIds.SAME), target);
    } catch (KernelException failure) {
      throw new IOException("guest path " + bind.path() + ": " + failure.reason(), failure);
    }
  }

  private void attach(Fd tree, boolean recursive, MountFlags flags, Path target)
      throws KernelException {
    syscalls.mountSetattr(tree, MountChange.propagation(Propagation.PRIVATE), recursive);
    Set<MountAttribute> attributes = attributes(flags);
    if (!attributes.isEmpty()) {
      syscalls.mountSetattr(
          tree, MountChange.set(attributes.toArray(MountAttribute[]::new)), recursive);
    }
    syscalls.moveMount(tree, target);
  }

  private void tmpfs(MountSpec.Tmpfs tmpfs, Path target) throws IOException {
    try (FsContext context = FsContext.open(syscalls, "tmpfs")) {
      context.set("source", "tmpfs");
      context.set("size", Long.toString(tmpfs.bytes()));
      context.set("mode", Integer.toOctalString(tmpfs.mode()));
      if (tmpfs.owner() != 0) {
        context.set("uid", Long.toString(tmpfs.owner()));
        context.set("gid", Long.toString(tmpfs.owner()));
      }
      try (Fd mount = context.mount(attributes(tmpfs.flags()))) {
        syscalls.moveMount(mount, target);
      }
    } catch (KernelException failure) {
      throw new IOException(failure.reason(), failure);
    }
  }

  private void device(MountSpec.Device device, Path target) throws IOException {
    Path node = device.device().toRealPath();
    String type = FilesystemProbe.type(node);
    try (FsContext context = FsContext.open(syscalls, type)) {
      context.set("source", node.toString());
      if (device.flags().readonly()) {
        // The superblock too: a journal must not be replayed into somebody's layer.
        context.flag("ro");
      }
      if (type.equals("xfs")) {
        // The snapshot of a volume and the clone of an image have the uuid of what they came from.
        context.flag("nouuid");
      }
      try (Fd mount = context.mount(attributes(device.flags()))) {
        maps.map(mount, device.ids(), false, device.device());
        syscalls.moveMount(mount, target);
      }
    } catch (KernelException failure) {
      throw new IOException(type + " on " + device.device() + ": " + failure.reason(), failure);
    }
  }

  static Set<MountAttribute> attributes(MountFlags flags) {
    EnumSet<MountAttribute> attributes = EnumSet.noneOf(MountAttribute.class);
    if (flags.readonly()) {
      attributes.add(MountAttribute.RDONLY);
    }
    if (flags.nosuid()) {
      attributes.add(MountAttribute.NOSUID);
    }
    if (flags.nodev()) {
      attributes.add(MountAttribute.NODEV);
    }
    if (flags.noexec()) {
      attributes.add(MountAttribute.NOEXEC);
    }
    if (flags.noatime()) {
      attributes.add(MountAttribute.NOATIME);
    }
    return attributes;
  }

  private static IOException unexplained(String what, KernelException failure) {
    return new IOException(what + ": " + failure.reason(), failure);
  }
}
