// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.nio.file.Path;

/**
 * What this kernel's mount calls can do, found by trying.
 *
 * @param contexts fsopen(2) and its companions (Linux 5.2)
 * @param overlay the overlay filesystem takes part in them
 * @param appendLower overlay's {@code lowerdir+} (6.7)
 * @param lowerByDescriptor {@code lowerdir+} takes a descriptor (6.13)
 * @param setattr mount_setattr(2) (5.12)
 * @param mapped mounts can have a map of ids, on filesystems that take part (5.12; those that
 *     overlays are made of 5.19, tmpfs 6.3)
 */
public record MountApi(
    boolean contexts,
    boolean overlay,
    boolean appendLower,
    boolean lowerByDescriptor,
    boolean setattr,
    boolean mapped) {
  private static final Path ROOT = Path.of("/");
  private static final Path OWN_USERS = Path.of("/proc/self/ns/user");

  /** Tries, without mounting anything; needs the right to mount. */
  public static MountApi probe(Syscalls syscalls) {
    boolean contexts = succeeds(() -> syscalls.fsopen("tmpfs").close());
    return new MountApi(
        contexts,
        contexts && succeeds(() -> syscalls.fsopen("overlay").close()),
        contexts && appendsLower(syscalls),
        contexts && takesDescriptor(syscalls),
        contexts && succeeds(() -> setattr(syscalls)),
        contexts && knowsMaps(syscalls));
  }

  /** Overlay's {@code lowerdir+} alone: what each operation that mounts wants to know. */
  public static boolean appendsLower(Syscalls syscalls) {
    return succeeds(
        () -> {
          try (FsContext context = FsContext.open(syscalls, "overlay")) {
            context.set(new FsSetting.Text("lowerdir+", "/"));
          }
        });
  }

  private static boolean takesDescriptor(Syscalls syscalls) {
    return succeeds(
        () -> {
          try (FsContext context = FsContext.open(syscalls, "overlay");
              Fd root = syscalls.open(ROOT, OpenFlag.PATH, OpenFlag.DIRECTORY)) {
            context.set(new FsSetting.Descriptor("lowerdir+", root));
          }
        });
  }

  private static void setattr(Syscalls syscalls) throws KernelException {
    // With all that is mounted below: in a user namespace one comes without the other nowhere.
    try (Fd clone = syscalls.openTree(ROOT, true)) {
      syscalls.mountSetattr(clone, MountChange.set(MountAttribute.NOSUID), false);
    }
  }

  /**
   * Our own namespace is no map that a mount may have, and is refused as that where it is known.
   */
  private static boolean knowsMaps(Syscalls syscalls) {
    try (Fd clone = syscalls.openTree(ROOT, true);
        Fd users = syscalls.open(OWN_USERS)) {
      syscalls.mountSetattr(clone, MountChange.mapped(users), false);
      return true;
    } catch (KernelException refused) {
      return refused.errno().equals(Errno.EPERM);
    }
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws KernelException;
  }

  private static boolean succeeds(Attempt attempt) {
    try {
      attempt.run();
      return true;
    } catch (KernelException e) {
      return false;
    }
  }
}
