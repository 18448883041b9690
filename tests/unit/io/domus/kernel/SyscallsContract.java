// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What holds for the real kernel and for the fake one: files, descriptors, locks, processes. */
interface SyscallsContract {
  byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
  Set<OpenFlag> NEW = Set.of(OpenFlag.CREAT, OpenFlag.EXCL, OpenFlag.RDWR);

  Syscalls syscalls();

  /** An existing directory on a filesystem that takes trusted attributes. */
  Path area();

  /** Makes a directory in the area. */
  Path directory(String name) throws Exception;

  static KernelException refused(Errno errno, Executable call) {
    KernelException failure = assertThrows(KernelException.class, call);
    assertEquals(errno, failure.errno(), failure::getMessage);
    return failure;
  }

  default Path file(String name) throws KernelException {
    Path path = area().resolve(name);
    try (Fd fd = syscalls().open(path, NEW, 0600)) {
      syscalls().write(fd, HELLO);
    }
    return path;
  }

  @Test
  default void whatIsWrittenCanBeRead() throws KernelException {
    try (Fd fd = syscalls().open(file("written"))) {
      assertArrayEquals(new byte[] {'h', 'e'}, syscalls().read(fd, 2));
      assertArrayEquals(new byte[] {'l', 'l', 'o'}, syscalls().read(fd, 100));
      assertEquals(0, syscalls().read(fd, 100).length);
    }
  }

  @Test
  default void aMissingFileIsNamed() {
    Path missing = area().resolve("missing");
    KernelException failure = refused(Errno.ENOENT, () -> syscalls().open(missing));
    assertEquals("open " + missing + ": no such file or directory (ENOENT)", failure.getMessage());
  }

  @Test
  default void anExclusiveFileIsMadeOnce() throws KernelException {
    Path path = file("once");
    refused(Errno.EEXIST, () -> syscalls().open(path, NEW, 0600));
  }

  @Test
  default void aFileIsNoDirectory() throws KernelException {
    Path path = file("plain");
    refused(Errno.ENOTDIR, () -> syscalls().open(path, OpenFlag.DIRECTORY));
    refused(Errno.ENOTDIR, () -> syscalls().stat(path.resolve("below")));
    refused(Errno.EISDIR, () -> syscalls().open(area(), OpenFlag.RDWR));
  }

  @Test
  default void aClosedDescriptorHasNoNumber() throws KernelException {
    Fd fd = syscalls().open(area());
    fd.close();
    fd.close();
    assertThrows(IllegalStateException.class, fd::number);
  }

  @Test
  default void statTellsKindsApart() throws Exception {
    Stat file = syscalls().stat(file("stat"));
    assertTrue(file.isRegularFile());
    assertEquals(HELLO.length, file.size());
    assertEquals(0600, file.permissions());
    assertTrue(syscalls().stat(directory("statdir")).isDirectory());
  }

  @Test
  default void aWhiteoutIsADeviceWithoutNumbers() throws KernelException {
    Path path = area().resolve("whiteout");
    syscalls().mknod(path, 0x2000, new DeviceNumber(0, 0));
    assertTrue(syscalls().lstat(path).isWhiteout());
    refused(Errno.EEXIST, () -> syscalls().mknod(path, 0x2000, new DeviceNumber(0, 0)));
  }

  @Test
  default void attributesAreKept() throws Exception {
    Path path = directory("attributes");
    assertTrue(syscalls().lgetxattr(path, "trusted.overlay.opaque").isEmpty());
    syscalls().lsetxattr(path, "trusted.overlay.opaque", new byte[] {'y'});
    assertArrayEquals(
        new byte[] {'y'}, syscalls().lgetxattr(path, "trusted.overlay.opaque").orElseThrow());
    assertTrue(syscalls().llistxattr(path).contains("trusted.overlay.opaque"));
    syscalls().lremovexattr(path, "trusted.overlay.opaque");
    assertTrue(syscalls().lgetxattr(path, "trusted.overlay.opaque").isEmpty());
    refused(Errno.ENODATA, () -> syscalls().lremovexattr(path, "trusted.overlay.opaque"));
    refused(Errno.ENOENT, () -> syscalls().lgetxattr(area().resolve("missing"), "trusted.a"));
  }

  @Test
  default void aLongAttributeIsReadWhole() throws Exception {
    Path path = directory("long-attribute");
    byte[] value = new byte[2000];
    syscalls().lsetxattr(path, "trusted.long", value);
    assertArrayEquals(value, syscalls().lgetxattr(path, "trusted.long").orElseThrow());
  }

  @Test
  default void aPipeCarriesBytesAndItsEnd() throws KernelException {
    try (Pipe pipe = syscalls().pipe()) {
      assertFalse(syscalls().poll(pipe.reader(), Duration.ofMillis(1)));
      syscalls().write(pipe.writer(), HELLO);
      assertTrue(syscalls().poll(pipe.reader(), Duration.ofSeconds(5)));
      assertArrayEquals(HELLO, syscalls().read(pipe.reader(), 100));
      pipe.writer().close();
      assertTrue(syscalls().poll(pipe.reader(), Duration.ofSeconds(5)));
      assertEquals(0, syscalls().read(pipe.reader(), 100).length);
    }
  }

  @Test
  default void anExclusiveLockIsAlone() throws KernelException {
    Path path = file("lock");
    try (Fd first = syscalls().open(path);
        Fd second = syscalls().open(path)) {
      assertTrue(syscalls().flock(first, LockOperation.EXCLUSIVE));
      assertFalse(syscalls().flock(second, LockOperation.TRY_EXCLUSIVE));
      assertFalse(syscalls().flock(second, LockOperation.TRY_SHARED));
      assertTrue(syscalls().flock(first, LockOperation.UNLOCK));
      assertTrue(syscalls().flock(second, LockOperation.TRY_SHARED));
      assertTrue(syscalls().flock(first, LockOperation.TRY_SHARED));
      assertFalse(syscalls().flock(first, LockOperation.TRY_EXCLUSIVE));
    }
  }

  @Test
  default void closingGivesTheLockBack() throws KernelException {
    Path path = file("lock-closed");
    try (Fd first = syscalls().open(path)) {
      assertTrue(syscalls().flock(first, LockOperation.EXCLUSIVE));
    }
    try (Fd second = syscalls().open(path)) {
      assertTrue(syscalls().flock(second, LockOperation.TRY_EXCLUSIVE));
    }
  }

  @Test
  default void aPathStaysInItsRoot() throws Exception {
    Path root = directory("root");
    file("root/inside");
    file("outside");
    try (Fd top = syscalls().open(root, OpenFlag.PATH, OpenFlag.DIRECTORY)) {
      syscalls().openInRoot(top, "/inside", Set.of()).close();
      syscalls().openInRoot(top, "../../inside", Set.of()).close();
      refused(Errno.ENOENT, () -> syscalls().openInRoot(top, "../outside", Set.of()));
    }
  }

  @Test
  default void nobodyHasThisPid() {
    int pid = 4_194_303;
    refused(Errno.ESRCH, () -> syscalls().kill(pid, Signal.NONE));
    refused(Errno.ESRCH, () -> syscalls().pidfdOpen(pid));
  }

  @Test
  default void aFileIsNoNamespace() throws KernelException {
    try (Fd fd = syscalls().open(file("namespace"))) {
      refused(Errno.EINVAL, () -> syscalls().setns(fd, Namespace.MOUNT));
    }
  }

  @Test
  default void namesWithSpacesAndUmlautsWork() throws Exception {
    Path path = directory("gr\u00fcn und \u00e4hnlich").resolve("\u00fc");
    try (Fd fd = syscalls().open(path, NEW, 0600)) {
      syscalls().write(fd, HELLO);
    }
    assertEquals(HELLO.length, syscalls().stat(path).size());
    assertEquals(List.of(), syscalls().llistxattr(path));
  }
}
