// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.driver.BatchRequest;
import io.domus.driver.Driver;
import io.domus.driver.HostStop;
import io.domus.executor.StepObserver;
import io.domus.kernel.LinuxSyscalls;
import io.domus.tool.ProcessCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a wrong word in {@code domus.conf} keeps from its work, and what not. */
class SettingsTest {
  private static final String FAULT =
      "host_shutdown_timeout: expected a number from 1 to 86400, not '1m'";

  @TempDir Path root;
  private StoredDomains domains;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    domains = new StoredDomains(root);
    domains.define("web", "<autostart enabled='yes'/>");
    file = root.resolve("etc/domus/domus.conf");
    Files.writeString(file, "\nhost_shutdown_timeout = 1m\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start -a --list",
        "start -a --dry-run",
        "start -a --dry-run --parallel 2",
        "start -a --boot --list",
        "start -a --boot --dry-run",
        "shutdown -a --boot --list",
        "shutdown -a --boot --dry-run",
        "shutdown -a --list",
        "reboot -a --list",
        "destroy -a --list"
      })
  void aRehearsalFindsTheFault(String words) {
    assertEquals(
        new CommandRun(Action.FAILED, "", file + ":2: error: " + FAULT + "\n"),
        domains.user().run(words.split(" ")));
  }

  /** The boot service's: guests that are not asked to end are killed. */
  @Test
  void theHostGoesDownAllTheSame() {
    CommandRun run = domains.user().run("shutdown", "-a", "--boot");
    String warning = file + ":2: warning: " + FAULT + "; the line is left out\n";
    assertTrue(run.err().startsWith(warning), run::err);
    String rest = run.err().substring(warning.length());
    // Who is not root gets no further.
    assertEquals(
        Session.isRoot() ? "" : "error: 'domus shutdown' must be run as root\n", rest, run::err);
  }

  private Driver driver() {
    return new Driver(
        domains.layout(),
        new LinuxSyscalls(),
        new ProcessCommandRunner(root),
        root,
        StepObserver.NONE);
  }

  @Test
  void whatIsWrongIsToldOnce() throws Exception {
    List<String> told = new ArrayList<>();
    BatchRequest all = new BatchRequest(true, List.of(), OptionalInt.empty());
    HostStop stop = new HostStop(driver().forgiving(told::add));
    assertEquals(List.of(), stop.run(all, Optional.empty(), _ -> {}));
    assertEquals(List.of(file + ":2: warning: " + FAULT + "; the line is left out"), told);
    assertTrue(Files.exists(root.resolve("var/lib/domus")), "it was noted who ran");
  }

  @Test
  void norDoesAFileThatIsNone() throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
    List<String> told = new ArrayList<>();
    driver().forgiving(told::add);
    assertEquals(
        List.of("warning: cannot read " + file + ", the defaults hold: Is a directory"), told);
  }
}
