// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainPaths;
import io.domus.kernel.ProcessFacts;
import io.domus.store.ProcessId;
import java.io.IOException;
import java.nio.file.Files;

/**
 * Tells conmon's exit command that this process will clear up after the guest. It holds the
 * process's identity, because the claim of a dead one counts for nothing.
 */
final class ExitClaim {
  private ExitClaim() {}

  static void make(DomainPaths paths) throws IOException {
    int pid = (int) ProcessHandle.current().pid();
    ProcessFacts facts = ProcessFacts.of(pid).orElseThrow();
    ProcessId self = new ProcessId(pid, facts.startTime(), facts.bootId());
    Files.writeString(paths.claim(), self + "\n");
  }

  static void drop(DomainPaths paths) throws IOException {
    Files.deleteIfExists(paths.claim());
  }
}
