// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.kernel.Errno;
import io.domus.kernel.KernelException;
import io.domus.kernel.Syscalls;
import io.domus.kernel.UnmountFlag;
import io.domus.plan.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Unmounts. What is not mounted is done already; what is busy is detached and goes with its users.
 */
public final class UnmountInterpreter {
  private final Syscalls syscalls;
  private final NamespaceRunner namespace;

  public UnmountInterpreter(Syscalls syscalls, NamespaceRunner namespace) {
    this.syscalls = syscalls;
    this.namespace = namespace;
  }

  void unmount(Step.UnmountFilesystem step) throws IOException {
    namespace.run(() -> unmount(step.target()));
  }

  /** In the private namespace only, so nothing needs to be put back. */
  void hide(Step.HideMount step) throws IOException {
    try {
      syscalls.umount(step.target(), Set.of(UnmountFlag.DETACH));
    } catch (KernelException failure) {
      throw new IOException(step.target() + ": " + failure.reason(), failure);
    }
  }

  private void unmount(Path target) throws IOException {
    try {
      syscalls.umount(target, Set.of(UnmountFlag.NOFOLLOW));
    } catch (KernelException failure) {
      if (failure.errno().equals(Errno.EINVAL) || failure.errno().equals(Errno.ENOENT)) {
        return;
      }
      if (failure.errno().equals(Errno.EBUSY)) {
        syscalls.umount(target, Set.of(UnmountFlag.NOFOLLOW, UnmountFlag.DETACH));
        return;
      }
      throw new IOException(target + ": " + failure.reason(), failure);
    }
  }
}
