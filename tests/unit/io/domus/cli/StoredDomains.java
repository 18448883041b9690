// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.domain.Condition;
import io.domus.domain.DomainState;
import io.domus.kernel.ProcessFacts;
import io.domus.store.DomainRecord;
import io.domus.store.ProcessId;
import io.domus.store.StateLayout;
import io.domus.store.StatusStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Domains in a root of state of a test's own. */
record StoredDomains(Path root) {
  static String definition(String name, String more) {
    return """
    <domain type='lxc'>
      <name>%s</name>
      <memory unit='MiB'>64</memory>
      <os><type>exe</type><init>/sbin/init</init></os>
      <devices>
        <filesystem type='mount'><source dir='/srv/web'/><target dir='/'/></filesystem>
      </devices>
    %s</domain>
    """
        .formatted(name, more);
  }

  CommandRun.User user() {
    return CommandRun.User.of(root);
  }

  StateLayout layout() {
    return new StateLayout(root);
  }

  /**
   * @param more lines at the end of the definition
   */
  void define(String name, String more) {
    CommandRun run = user().typing(definition(name, more)).run("define", "-");
    assertEquals(Action.OK, run.status(), run.err());
  }

  Path file(String name) {
    return layout().definition(name);
  }

  String stored(String name) throws IOException {
    return Files.readString(file(name));
  }

  /** Records this very process as the guest of a domain. */
  void startRunning(String name, boolean transientDomain) throws IOException {
    int pid = (int) ProcessHandle.current().pid();
    ProcessFacts self = ProcessFacts.of(pid).orElseThrow();
    DomainRecord record =
        new DomainRecord(
            Condition.of(DomainState.RUNNING),
            transientDomain,
            Base64.getEncoder().encodeToString(Files.readAllBytes(file(name))),
            Optional.of(new ProcessId(pid, self.startTime(), self.bootId())),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.of(Instant.EPOCH),
            "",
            0);
    new StatusStore(layout()).write(name, record);
  }
}
