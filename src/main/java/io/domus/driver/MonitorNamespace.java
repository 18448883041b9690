// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.executor.NamespaceRunner;
import io.domus.executor.ProcessInterpreter;
import io.domus.kernel.Fd;
import io.domus.kernel.KernelException;
import io.domus.kernel.NamespaceThread;
import io.domus.kernel.Syscalls;
import io.domus.store.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The mount namespace of a domain, entered through its monitor. It is held open from before the
 * guest is killed until its mounts are gone: the monitor may end at any moment after the guest, and
 * the kernel would then drop the mounts in its own time.
 */
final class MonitorNamespace implements NamespaceRunner, AutoCloseable {
  private final Syscalls syscalls;
  private final Optional<Fd> namespace;

  private MonitorNamespace(Syscalls syscalls, Optional<Fd> namespace) {
    this.syscalls = syscalls;
    this.namespace = namespace;
  }

  /**
   * @param pidFile the monitor's identity; without a living monitor the mounts are gone already
   */
  static MonitorNamespace open(Syscalls syscalls, Path pidFile) throws IOException {
    try {
      ProcessId monitor = ProcessId.parse(Files.readString(pidFile));
      Fd namespace = syscalls.open(Path.of("/proc/" + monitor.pid() + "/ns/mnt"));
      if (ProcessInterpreter.alive(monitor)) {
        return new MonitorNamespace(syscalls, Optional.of(namespace));
      }
      namespace.close();
    } catch (IOException | IllegalArgumentException gone) {
      // Ended, or died before it was identified.
      return new MonitorNamespace(syscalls, Optional.empty());
    }
    return new MonitorNamespace(syscalls, Optional.empty());
  }

  @Override
  public void run(Action action) throws IOException {
    if (namespace.isPresent()) {
      new NamespaceThread(syscalls)
          .in(
              namespace.get().path(),
              () -> {
                action.run();
                return null;
              });
    }
  }

  @Override
  public void close() throws KernelException {
    if (namespace.isPresent()) {
      namespace.get().close();
    }
  }
}
