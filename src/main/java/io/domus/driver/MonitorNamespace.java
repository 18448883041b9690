// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.executor.NamespaceRunner;
import io.domus.executor.ProcessInterpreter;
import io.domus.kernel.NamespaceThread;
import io.domus.kernel.Syscalls;
import io.domus.store.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The mount namespace of a domain, entered through its monitor as long as that lives. */
final class MonitorNamespace {
  private MonitorNamespace() {}

  /**
   * @param pidFile the monitor's identity
   */
  static NamespaceRunner open(Syscalls syscalls, Path pidFile) {
    return action -> {
      ProcessId monitor;
      try {
        monitor = ProcessId.parse(Files.readString(pidFile));
      } catch (IOException | IllegalArgumentException unknown) {
        // Died before it was identified: whoever is in its namespace is being ended by other steps.
        return;
      }
      if (ProcessInterpreter.alive(monitor)) {
        new NamespaceThread(syscalls)
            .ofProcess(
                monitor.pid(),
                () -> {
                  action.run();
                  return null;
                });
      }
    };
  }
}
