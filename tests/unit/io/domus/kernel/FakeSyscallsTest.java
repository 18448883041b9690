// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FakeSyscallsTest implements SyscallsContract, MountsContract {
  private final FakeSyscalls syscalls = new FakeSyscalls();

  @BeforeEach
  void makeArea() {
    syscalls.makeDirectory(area());
  }

  @AfterEach
  void nothingLeaked() {
    syscalls.assertNothingLeaked();
  }

  @Override
  public Syscalls syscalls() {
    return syscalls;
  }

  @Override
  public Path area() {
    return Path.of("/area");
  }

  @Override
  public Path directory(String name) {
    syscalls.makeDirectory(area().resolve(name));
    return area().resolve(name);
  }

  @Override
  public MountInfo mountTable() {
    return syscalls.mountTable();
  }

  @Test
  void aCallFailsOnRequest() throws KernelException {
    Path target = directory("target");
    syscalls.fail("mount tmpfs on " + target, Errno.EIO);
    SyscallsContract.refused(
        Errno.EIO, () -> syscalls.mount("none", target, "tmpfs", Set.of(), ""));
    assertEquals(List.of(), syscalls.calls());
  }

  @Test
  void leaksAreFound() throws KernelException {
    try (Fd fd = syscalls.open(area())) {
      assertThrows(AssertionError.class, syscalls::assertNothingLeaked, fd::toString);
    }
  }

  @Test
  void aKilledProcessIsGone() throws KernelException {
    syscalls.addProcess(7);
    try (Fd process = syscalls.pidfdOpen(7)) {
      syscalls.pidfdSendSignal(process, Signal.TERM);
      assertEquals(List.of(Signal.TERM), syscalls.signals(7));
      syscalls.pidfdSendSignal(process, Signal.KILL);
      SyscallsContract.refused(Errno.ESRCH, () -> syscalls.pidfdSendSignal(process, Signal.TERM));
    }
  }
}
