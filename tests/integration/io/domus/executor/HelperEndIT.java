// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.kernel.LinuxSyscalls;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.tool.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Helpers are found at every instant of their becoming daemons, and nobody else is. */
class HelperEndIT {
  @TempDir Path scratch;

  /** How far a helper has come; $1 is its record. */
  enum Progress {
    RECORDED("echo $$ >\"$1\"; echo ready; while :; do sleep 0.02; done"),
    UNRECORDED("echo ready; while :; do sleep 0.02; done"),
    RECORDS_SOMEBODY_DEAD("echo 4194303 >\"$1\"; echo ready; while :; do sleep 0.02; done"),
    FORKS("echo ready; for i in 1 2 3 4 5 6 7 8; do (while :; do sleep 0.02; done) & done; wait");

    private final String script;

    Progress(String script) {
      this.script = script;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whateverItHasComeTo(Progress progress) throws Exception {
    Path script = scratch.resolve("helper");
    Files.writeString(script, "#!/bin/sh\n" + progress.script + "\n");
    script.toFile().setExecutable(true);
    Path record = scratch.resolve("helper.pid");
    Command command = Command.of(script.toString(), record.toString());
    Process other = start(Command.of(script.toString(), scratch.resolve("other.pid").toString()));
    Process helper = start(command);

    Step.StopHelper stop = new Step.StopHelper(command, record, Note.of("a test's"));
    new ProcessInterpreter(new LinuxSyscalls(), MonitorCgroup.ofHost()).stopHelper(stop);

    try {
      assertEquals(List.of(), RunningPrograms.with(command.argv()));
      assertFalse(Files.exists(record));
      assertEquals(128 + 15, helper.waitFor());
      assertTrue(other.isAlive(), "somebody else's program of the same name");
    } finally {
      other.descendants().forEach(ProcessHandle::destroyForcibly);
      other.destroyForcibly();
    }
  }

  private static Process start(Command command) throws Exception {
    Process process = new ProcessBuilder(command.argv()).start();
    assertEquals("ready", process.inputReader().readLine());
    return process;
  }
}
