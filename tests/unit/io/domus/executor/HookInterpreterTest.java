// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.HookPhase;
import io.domus.plan.HookStep;
import io.domus.plan.Note;
import io.domus.tool.CommandRunner;
import io.domus.tool.ProcessCommandRunner;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hook was told, and what it is still owed. */
class HookInterpreterTest {
  @TempDir Path directory;
  private final List<String> failures = new ArrayList<>();
  private Path hook;
  private Path owed;
  private Path told;

  @BeforeEach
  void make() throws Exception {
    told = directory.resolve("told");
    // With a blank in its name, as the file that says what is owed.
    owed = directory.resolve("a mark");
    hook = directory.resolve("a hook");
    script("read -r line; echo \"$1 $2 $line\" >>'" + told + "'");
    Files.writeString(directory.resolve("definition"), "<domain/>\n");
  }

  private void script(String text) throws Exception {
    Files.writeString(hook, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private HookStep step(HookPhase phase) {
    return new HookStep(
        phase,
        hook,
        "web",
        Optional.empty(),
        Optional.empty(),
        directory.resolve("definition"),
        phase == HookPhase.STARTED ? Optional.empty() : Optional.of(owed),
        Duration.ofSeconds(10),
        Note.of("a hook"));
  }

  private HookInterpreter interpreter(CommandRunner runner) {
    return new HookInterpreter(
        runner, (domain, program, phase, why) -> failures.add(phase.text() + ": " + why));
  }

  private void run(HookPhase phase) throws Exception {
    interpreter(new ProcessCommandRunner(directory)).run(step(phase));
  }

  private List<String> told() throws Exception {
    return Files.exists(told) ? Files.readAllLines(told) : List.of();
  }

  @Test
  void theCounterpartIsToldOnce() throws Exception {
    run(HookPhase.START);
    assertTrue(Files.exists(owed));
    run(HookPhase.STARTED);
    run(HookPhase.STOPPED);
    assertFalse(Files.exists(owed));
    run(HookPhase.STOPPED);
    assertEquals(
        List.of("start web <domain/>", "started web <domain/>", "stopped web <domain/>"), told());
    assertEquals(List.of(), failures);
  }

  /** A kill before the hook's process is there leaves it owed; so does a runner that cannot. */
  @Test
  void whatWasNotToldIsStillOwed() throws Exception {
    run(HookPhase.START);
    CommandRunner dying =
        (CommandRunner)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {CommandRunner.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError("killed");
                });
    assertThrows(AssertionError.class, () -> interpreter(dying).run(step(HookPhase.STOPPED)));
    assertTrue(Files.exists(owed));
    run(HookPhase.STOPPED);
    assertEquals(List.of("start web <domain/>", "stopped web <domain/>"), told());
  }

  @Test
  void oneThatFailsIsNotToldAgain() throws Exception {
    run(HookPhase.START);
    script("echo 'no disk out' >&2; exit 3");
    run(HookPhase.STOPPED);
    run(HookPhase.STOPPED);
    assertEquals(List.of("stopped: no disk out"), failures);
  }

  @Test
  void oneThatCannotBeRunSaysWhy() throws Exception {
    run(HookPhase.START);
    Files.writeString(hook, "#!/no/such/interpreter\n");
    run(HookPhase.STOPPED);
    assertEquals(1, failures.size());
    assertTrue(failures.getFirst().contains("not found"), failures::toString);
  }

  @Test
  void oneThatIsUninstalledIsOwedNothing() throws Exception {
    run(HookPhase.START);
    Files.delete(hook);
    run(HookPhase.STOPPED);
    assertFalse(Files.exists(owed));
    assertEquals(List.of(), failures);
  }

  @Test
  void onlyOneThatPreparesMayRefuse() throws Exception {
    script("echo \"not $1\"; exit 1");
    assertThrows(IOException.class, () -> run(HookPhase.PREPARE));
    run(HookPhase.STARTED);
    assertEquals(List.of("started: not started"), failures);
  }
}
