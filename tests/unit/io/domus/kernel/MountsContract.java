// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import static io.domus.kernel.SyscallsContract.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for mounts on the real kernel and on the fake one, each in a namespace of its own. */
interface MountsContract {
  Syscalls syscalls();

  /** Makes a directory in the test's area. */
  Path directory(String name) throws Exception;

  /** The mounts that the calling thread sees. */
  MountInfo mountTable() throws Exception;

  /** A test's body. */
  @FunctionalInterface
  interface Body {
    void run() throws Exception;
  }

  default void apart(Body body) throws Exception {
    new NamespaceThread(syscalls())
        .inNew(
            () -> {
              body.run();
              return null;
            });
  }

  default Optional<MountInfo.Entry> mounted(Path target) throws Exception {
    return mountTable().at(target);
  }

  private Fd tmpfs(String size, Set<MountAttribute> attributes) throws KernelException {
    try (FsContext context = FsContext.open(syscalls(), "tmpfs")) {
      context.set("size", size);
      return context.mount(attributes);
    }
  }

  @Test
  default void aFilesystemIsUnseenUntilItIsMoved() throws Exception {
    Path target = directory("unseen");
    apart(
        () -> {
          try (Fd mount = tmpfs("64k", Set.of(MountAttribute.NOSUID))) {
            assertTrue(mounted(target).isEmpty());
            syscalls().moveMount(mount, target);
          }
          MountInfo.Entry entry = mounted(target).orElseThrow();
          assertEquals("tmpfs", entry.type());
          assertTrue(entry.options().contains("nosuid"));
          syscalls().umount(target, Set.of());
          assertTrue(mounted(target).isEmpty());
        });
    assertTrue(mounted(target).isEmpty());
  }

  @Test
  default void aNamespaceKeepsItsMountsToItself() throws Exception {
    Path target = directory("apart");
    apart(
        () -> {
          syscalls().mount("none", target, "tmpfs", Set.of(MountFlag.RDONLY), "size=64k");
          assertTrue(mounted(target).orElseThrow().options().contains("ro"));
        });
    assertTrue(mounted(target).isEmpty());
  }

  @Test
  default void aLaterMountCoversAnEarlierOne() throws Exception {
    Path target = directory("covered");
    apart(
        () -> {
          syscalls().mount("first", target, "tmpfs", Set.of(), "");
          syscalls().mount("second", target, "tmpfs", Set.of(), "");
          assertEquals("second", mounted(target).orElseThrow().source());
          syscalls().umount(target, Set.of());
          assertEquals("first", mounted(target).orElseThrow().source());
        });
  }

  @Test
  default void whatIsNotMountedCannotBeUnmounted() throws Exception {
    Path target = directory("unmounted");
    apart(() -> refused(Errno.EINVAL, () -> syscalls().umount(target, Set.of())));
    refused(Errno.ENOENT, () -> syscalls().umount(target.resolve("missing"), Set.of()));
  }

  @Test
  default void aMissingTargetIsNamed() throws Exception {
    Path missing = directory("there").resolve("missing");
    apart(
        () -> {
          try (Fd mount = tmpfs("64k", Set.of())) {
            KernelException failure =
                refused(Errno.ENOENT, () -> syscalls().moveMount(mount, missing));
            assertTrue(failure.getMessage().contains(missing.toString()), failure::getMessage);
          }
        });
  }

  @Test
  default void anUnknownFilesystemIsRefused() {
    refused(Errno.ENODEV, () -> syscalls().fsopen("nosuchfs"));
  }

  @Test
  default void anUnknownOptionIsExplained() throws Exception {
    try (FsContext context = FsContext.open(syscalls(), "overlay")) {
      KernelException failure = refused(Errno.EINVAL, () -> context.set("nosuch", "1"));
      assertTrue(failure.reason().contains("Unknown parameter 'nosuch'"), failure::reason);
    }
  }

  @Test
  default void aTextHolds255Bytes() throws Exception {
    try (FsContext context = FsContext.open(syscalls(), "overlay")) {
      refused(Errno.EINVAL, () -> context.set("lowerdir+", "/".repeat(256)));
      context.set("lowerdir+", "/".repeat(255));
    }
  }

  @Test
  default void aSingleLowerNeedsAnUpper() throws Exception {
    Path lower = directory("single");
    try (FsContext context = FsContext.open(syscalls(), "overlay")) {
      context.set("lowerdir+", lower.toString());
      refused(Errno.EINVAL, () -> context.mount(Set.of()).close());
    }
  }

  @Test
  default void appendedLowersDoNotFollowAList() throws Exception {
    Path lower = directory("list");
    try (FsContext context = FsContext.open(syscalls(), "overlay")) {
      context.set("lowerdir", lower.toString());
      refused(Errno.EINVAL, () -> context.set("lowerdir+", lower.toString()));
    }
  }

  @Test
  default void aMissingLowerIsRefused() throws Exception {
    Path missing = directory("lowers").resolve("missing");
    try (FsContext context = FsContext.open(syscalls(), "overlay")) {
      refused(Errno.ENOENT, () -> context.set("lowerdir+", missing.toString()));
    }
  }

  @Test
  default void lowersMakeAnOverlay() throws Exception {
    List<Path> lowers = List.of(directory("lower1"), directory("lower2"));
    Path target = directory("merged");
    apart(
        () -> {
          try (FsContext context = FsContext.open(syscalls(), "overlay")) {
            for (Path lower : lowers) {
              context.set("lowerdir+", lower.toString());
            }
            try (Fd mount = context.mount(Set.of(MountAttribute.RDONLY))) {
              syscalls().moveMount(mount, target);
            }
          }
          MountInfo.Entry entry = mounted(target).orElseThrow();
          assertEquals("overlay", entry.type());
          assertTrue(entry.options().contains("ro"));
          assertEquals(
              lowers.stream().map(lower -> "lowerdir+=" + lower).toList(),
              entry.superOptions().stream().filter(o -> o.startsWith("lowerdir")).toList());
        });
  }

  @Test
  default void aTreeIsClonedAndChanged() throws Exception {
    Path source = directory("source");
    Path target = directory("bound");
    apart(
        () -> {
          try (Fd mount = syscalls().openTree(source, true)) {
            syscalls()
                .mountSetattr(
                    mount, MountChange.set(MountAttribute.RDONLY, MountAttribute.NODEV), true);
            syscalls().moveMount(mount, target);
          }
          MountInfo.Entry entry = mounted(target).orElseThrow();
          assertTrue(entry.options().containsAll(List.of("ro", "nodev")), entry::toString);
          assertTrue(entry.root().endsWith("/source"), entry::toString);
        });
    refused(Errno.ENOENT, () -> syscalls().openTree(source.resolve("missing"), false));
  }

  @Test
  default void aMapOfIdsComesFromAUserNamespaceAlone() throws Exception {
    Path source = directory("mapped");
    apart(
        () -> {
          try (Fd mount = syscalls().openTree(source, false);
              Fd other = syscalls().open(source, OpenFlag.DIRECTORY)) {
            refused(
                Errno.EINVAL,
                () -> syscalls().mountSetattr(mount, MountChange.mapped(other), false));
          }
        });
  }

  @Test
  default void mountsInTheWayAreBusyUntilDetached() throws Exception {
    Path target = directory("outer");
    apart(
        () -> {
          syscalls().mount("none", target, "tmpfs", Set.of(), "");
          Path inner = directory("outer/inner");
          syscalls().mount("none", inner, "tmpfs", Set.of(), "");
          refused(Errno.EBUSY, () -> syscalls().umount(target, Set.of()));
          syscalls().umount(target, Set.of(UnmountFlag.DETACH));
          assertFalse(mountTable().entries().stream().anyMatch(e -> e.target().startsWith(target)));
        });
  }
}
