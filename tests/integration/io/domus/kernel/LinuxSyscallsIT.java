// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import static io.domus.kernel.SyscallsContract.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** The contracts on the kernel we run on, and what the fake does not have. */
class LinuxSyscallsIT implements SyscallsContract, MountsContract {

  /** /tmp may be a tmpfs, which cannot be below an overlay's upper. */
  static final class OnDisk implements TempDirFactory {
    @Override
    public Path createTempDirectory(
        org.junit.jupiter.api.extension.AnnotatedElementContext element,
        org.junit.jupiter.api.extension.ExtensionContext context)
        throws IOException {
      return Files.createTempDirectory(Path.of("/var/tmp"), "domus-test-");
    }
  }

  @TempDir(factory = OnDisk.class, cleanup = CleanupMode.ALWAYS)
  private Path area;

  private final Syscalls syscalls = new LinuxSyscalls();
  private long openBefore;

  @BeforeEach
  void countDescriptors() throws IOException {
    openBefore = descriptors();
  }

  private static long descriptors() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  @Override
  public Syscalls syscalls() {
    return syscalls;
  }

  @Override
  public Path area() {
    return area;
  }

  @Override
  public Path directory(String name) throws IOException {
    return Files.createDirectories(area.resolve(name));
  }

  @Override
  public MountInfo mountTable() throws IOException {
    return MountInfo.current();
  }

  @Test
  void symbolicLinksStayInTheRoot() throws Exception {
    Path root = directory("root");
    Files.createSymbolicLink(root.resolve("link"), Path.of("/etc/passwd"));
    try (Fd top = syscalls.open(root, OpenFlag.PATH, OpenFlag.DIRECTORY)) {
      refused(Errno.ENOENT, () -> syscalls.openInRoot(top, "link", Set.of()));
      Files.createDirectories(root.resolve("etc"));
      Files.writeString(root.resolve("etc/passwd"), "inner");
      try (Fd inner = syscalls.openInRoot(top, "link", Set.of())) {
        assertEquals("inner", new String(syscalls.read(inner, 100), StandardCharsets.UTF_8));
      }
    }
    Files.delete(root.resolve("link"));
  }

  @Test
  void lstatSeesTheLinkItself() throws Exception {
    Path link = Files.createSymbolicLink(area.resolve("link"), Path.of("/dev/null"));
    assertTrue(syscalls.lstat(link).isSymbolicLink());
    Stat device = syscalls.stat(link);
    assertTrue(device.isCharacterDevice());
    assertEquals(new DeviceNumber(1, 3), device.target());
    Files.delete(link);
  }

  @Test
  void filesystemsAreKnownByTheirNumber() throws Exception {
    assertEquals(FilesystemType.PROC, syscalls.statfs(Path.of("/proc")));
    Path target = directory("tmpfs");
    apart(
        () -> {
          syscalls.mount("none", target, "tmpfs", Set.of(), "");
          assertEquals(FilesystemType.TMPFS, syscalls.statfs(target));
        });
  }

  @Test
  void thisKernelHasTheMountCalls() {
    MountApi api = MountApi.probe(syscalls);
    assertTrue(api.contexts());
    assertTrue(api.overlay());
    assertTrue(api.mapped());
  }

  @Test
  void theFirstLowerIsOnTop() throws Exception {
    Path top = Files.writeString(directory("top").resolve("name"), "top").getParent();
    Path bottom = Files.writeString(directory("bottom").resolve("name"), "bottom").getParent();
    Path target = directory("merged");
    apart(
        () -> {
          try (FsContext context = FsContext.open(syscalls, "overlay");
              Fd upper = syscalls.open(top, OpenFlag.PATH)) {
            context.set("lowerdir+", upper.path().toString());
            context.set("lowerdir+", bottom.toString());
            try (Fd mount = context.mount(Set.of())) {
              syscalls.moveMount(mount, target);
            }
          }
          assertEquals("top", Files.readString(target.resolve("name")));
        });
  }

  @Test
  void aLoopDeviceFreesItselfAfterItsLastUser() throws Exception {
    Path image = area.resolve("image");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(1 << 20);
    }
    Path device;
    try (Fd control = syscalls.open(Path.of("/dev/loop-control"), OpenFlag.RDWR);
        Fd backing = syscalls.open(image, OpenFlag.RDWR)) {
      device = Path.of("/dev/loop" + syscalls.loopGetFree(control));
      try (Fd loop = syscalls.open(device, OpenFlag.RDWR)) {
        syscalls.loopConfigure(loop, backing, Set.of(LoopFlag.AUTOCLEAR, LoopFlag.READ_ONLY));
        LoopStatus status = syscalls.loopStatus(loop);
        assertEquals(syscalls.stat(image).inode(), status.inode());
        assertEquals(syscalls.stat(image).device(), status.device());
        assertEquals(Set.of(LoopFlag.AUTOCLEAR, LoopFlag.READ_ONLY), status.flags());
        refused(Errno.EBUSY, () -> syscalls.loopConfigure(loop, backing, Set.of()));
      }
    }
    try (Fd loop = syscalls.open(device)) {
      refused(Errno.ENXIO, () -> syscalls.loopStatus(loop));
    }
  }

  @Test
  void anotherProcessesNamespaceCanBeEntered() throws Exception {
    Path target = directory("entered");
    NamespaceThread threads = new NamespaceThread(syscalls);
    Process process =
        threads.inNew(
            () -> {
              syscalls.mount("none", target, "tmpfs", Set.of(), "");
              return new ProcessBuilder("sleep", "60").start();
            });
    try {
      assertTrue(mounted(target).isEmpty());
      int pid = (int) process.pid();
      assertTrue(threads.ofProcess(pid, () -> mounted(target)).isPresent());
      assertTrue(MountInfo.ofProcess(pid).at(target).isPresent());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aPidfdIsReadableWhenTheProcessHasEnded() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    try (Fd pidfd = syscalls.pidfdOpen((int) process.pid())) {
      assertFalse(syscalls.poll(pidfd, Duration.ofMillis(5)));
      syscalls.pidfdSendSignal(pidfd, Signal.TERM);
      assertTrue(syscalls.poll(pidfd, Duration.ofSeconds(10)));
    }
    assertEquals(128 + 15, process.waitFor());
  }

  @Test
  void nothingAnswersAtASocketThatIsNotThere() throws Exception {
    try (Fd socket = syscalls.socket()) {
      refused(Errno.ENOENT, () -> syscalls.connect(socket, area.resolve("none")));
      Path longName = area.resolve("x".repeat(120));
      refused(Errno.ENAMETOOLONG, () -> syscalls.connect(socket, longName));
      refused(Errno.ENOTCONN, () -> syscalls.send(socket, new byte[] {1}));
    }
  }

  @Test
  void aTerminalIsMadeRawAndBack() throws Exception {
    // Opening the multiplexer makes a new terminal, whose settings both ends share.
    try (Fd terminal = syscalls.open(Path.of("/dev/ptmx"), OpenFlag.RDWR)) {
      int number = terminal.number();
      assertTrue(syscalls.isatty(number));
      Terminal before = syscalls.tcgetattr(number);
      syscalls.tcsetattr(number, before.raw());
      assertEquals(before.raw(), syscalls.tcgetattr(number));
      syscalls.tcsetattr(number, before);
      assertEquals(new WindowSize(0, 0), syscalls.windowSize(number));
    }
    try (Fd file = syscalls.open(area)) {
      assertFalse(syscalls.isatty(file.number()));
      refused(Errno.ENOTTY, () -> syscalls.tcgetattr(file.number()));
    }
  }

  @Test
  void callsLeakNoDescriptors() throws Exception {
    whatIsWrittenCanBeRead();
    lowersMakeAnOverlay();
    aTreeIsClonedAndChanged();
    MountApi.probe(syscalls);
    assertEquals(openBefore, descriptors());
  }
}
