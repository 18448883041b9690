// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProcessCommandRunnerTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private Path scratch;
  private CommandRunner runner;

  @BeforeEach
  void makeRunner() {
    runner = new ProcessCommandRunner(scratch);
  }

  @AfterEach
  void leavesNothing() throws IOException {
    try (Stream<Path> left = Files.list(scratch)) {
      assertEquals(0, left.count());
    }
  }

  private static Command shell(String script) {
    return Command.of("/bin/sh", "-c", script);
  }

  @Test
  void whatTheKilledHaveLeftIsRemoved() throws Exception {
    Process ended = new ProcessBuilder("/bin/true").start();
    ended.waitFor();
    Path left = Files.createFile(scratch.resolve(".output-" + ended.pid() + "-7"));
    Path used =
        Files.createFile(scratch.resolve(".output-" + ProcessHandle.current().pid() + "-999"));
    Path strange = Files.createFile(scratch.resolve(".output-x-1"));
    ProcessCommandRunner.removeLeftovers(scratch);
    assertFalse(Files.exists(left));
    for (Path kept : List.of(used, strange)) {
      assertTrue(Files.deleteIfExists(kept), kept::toString);
    }
  }

  @Test
  void keepsTheStreamsApart() throws CommandException {
    CommandResult result = runner.run(shell("echo out; echo err >&2; exit 3"), LIMIT);
    assertEquals(new CommandResult(3, "out\n", "err\n"), result);
    assertFalse(result.succeeded());
  }

  @Test
  void muchOutputBlocksNobody() throws CommandException {
    CommandResult result =
        runner.run(
            shell("i=0; while [ $i -lt 40000 ]; do echo $i 0123456789; i=$((i+1)); done"), LIMIT);
    assertEquals(40000, result.stdout().lines().count());
  }

  @Test
  void aDaemonThatKeepsTheStreamsDelaysNobody() throws CommandException {
    long began = System.nanoTime();
    CommandResult result = runner.run(shell("sleep 20 & echo $!"), LIMIT);
    assertTrue(Duration.ofNanos(System.nanoTime() - began).compareTo(Duration.ofSeconds(15)) < 0);
    ProcessHandle.of(Long.parseLong(result.stdout().strip())).ifPresent(ProcessHandle::destroy);
  }

  @Test
  void environmentAndDirectoryAreTheCommands() throws CommandException {
    Command command = shell("echo $GREETING; pwd").withEnv("GREETING", "hello").in(Path.of("/"));
    assertEquals("hello\n/\n", runner.run(command, LIMIT).stdout());
  }

  @Test
  void thereIsNoInput() throws CommandException {
    assertEquals("", runner.run(Command.of("cat"), LIMIT).stdout());
  }

  @Test
  void aMissingProgramIsNamed() {
    CommandException failure =
        assertThrows(CommandException.class, () -> runner.run(Command.of("/no/such"), LIMIT));
    assertEquals("cannot run /no/such: No such file or directory", failure.getMessage());
  }

  @Test
  void aMissingDirectoryIsNamed() {
    Command command = Command.of("true").in(Path.of("/no/such"));
    CommandException failure =
        assertThrows(CommandException.class, () -> runner.run(command, LIMIT));
    assertEquals("cannot run true in /no/such: No such file or directory", failure.getMessage());
    assertEquals("it cannot be run in /no/such: No such file or directory", failure.reason());
  }

  @Test
  void timeIsLimited() {
    CommandException failure =
        assertThrows(
            CommandException.class,
            () -> runner.run(Command.of("sleep", "60"), Duration.ofMillis(100)));
    assertEquals("sleep did not end within 0.1 s: sleep 60", failure.getMessage());
    assertEquals("it did not end within 0.1 s", failure.reason());
  }

  @Test
  void theFirstLineComesWhileTheProgramRuns() throws CommandException {
    FirstLine first =
        runner.startReadingFirstLine(shell("echo one; echo two; exec sleep 60"), LIMIT);
    ProcessHandle process = ProcessHandle.of(first.pid()).orElseThrow();
    assertEquals("one", first.line());
    assertTrue(process.isAlive());
    process.destroy();
  }

  @Test
  void aProgramMayEndWithoutALine() throws CommandException {
    FirstLine first = runner.startReadingFirstLine(shell("echo bad >&2; exit 1"), LIMIT);
    assertEquals("", first.line());
    assertEquals("bad\n", first.stderr());
    assertEquals("half", runner.startReadingFirstLine(shell("printf half"), LIMIT).line());
  }

  @Test
  void aLineBeforeTheEndIsNeverLost() throws CommandException {
    for (int i = 0; i < 50; i++) {
      assertEquals("x", runner.startReadingFirstLine(shell("echo x; exit 1"), LIMIT).line());
    }
  }

  @Test
  void theFirstLineIsNotWaitedForEver() {
    assertThrows(
        CommandException.class,
        () -> runner.startReadingFirstLine(Command.of("sleep", "60"), Duration.ofMillis(100)));
  }

  @Test
  void inheritedStreamsGiveTheExitStatus() throws CommandException {
    assertEquals(7, runner.inherit(shell("exit 7")));
  }

  @Test
  void aProgramIsWatched() throws CommandException {
    List<CommandWatch.Sight> sights = new ArrayList<>();
    CommandResult result =
        runner.run(
            shell("i=0; while [ $i -lt 40000 ]; do echo $i; i=$((i+1)); done; echo no >&2; exit 3"),
            LIMIT,
            sight -> {
              sights.add(sight);
              return true;
            });
    assertEquals(new CommandResult(3, "", "no\n"), result);
    CommandWatch.Sight last = sights.getLast();
    assertEquals(40000, last.lines());
    assertEquals(228890, last.printed());
    assertTrue(last.complained());
  }

  @Test
  void aWatchEndsAProgram() throws CommandException {
    CommandResult result =
        runner.run(shell("echo no >&2; exec sleep 60"), LIMIT, sight -> !sight.complained());
    assertEquals(new CommandResult(137, "", "no\n"), result);
  }

  /** What can end it: an interrupt, its time, its watch. */
  private enum End {
    INTERRUPT,
    INTERRUPT_WATCHED,
    TIME,
    TIME_WATCHED,
    WATCH
  }

  /** A program's programs write their pids; none of them is alive when the runner returns. */
  @ParameterizedTest
  @EnumSource
  void nothingOfAProgramSurvives(End end) throws IOException, InterruptedException {
    Path pids = Files.createTempFile("pids", "");
    try {
      Command command =
          shell(
                  "echo $$ >>\"$PIDS\"; sh -c 'echo $$ >>\"$PIDS\"; sleep 60 & echo $! >>\"$PIDS\";"
                      + " wait' & sleep 60 & echo $! >>\"$PIDS\"; wait")
              .withEnv("PIDS", pids.toString());
      Duration limit = end == End.TIME || end == End.TIME_WATCHED ? Duration.ofSeconds(1) : LIMIT;
      Thread runs = Thread.currentThread();
      Thread.ofPlatform()
          .start(
              () -> {
                awaitLines(pids, 4);
                if (end == End.INTERRUPT || end == End.INTERRUPT_WATCHED) {
                  runs.interrupt();
                }
              });
      try {
        switch (end) {
          case INTERRUPT, TIME -> runner.run(command, limit);
          case INTERRUPT_WATCHED, TIME_WATCHED -> runner.run(command, limit, sight -> true);
          case WATCH -> runner.run(command, limit, sight -> lines(pids) < 4);
        }
        assertEquals(End.WATCH, end);
      } catch (CommandException failure) {
        boolean interrupted = end == End.INTERRUPT || end == End.INTERRUPT_WATCHED;
        assertEquals(interrupted, Thread.interrupted());
        assertEquals(
            interrupted,
            failure.getMessage().equals("interrupted while /bin/sh ran"),
            failure::toString);
      }
      for (String pid : Files.readAllLines(pids)) {
        assertGone(Long.parseLong(pid));
      }
    } finally {
      Files.delete(pids);
    }
  }

  /** What a program starts at the very moment when it is killed goes, too, and before we go on. */
  @RepeatedTest(5)
  void whoIsKilledStartsNothingMore() throws Exception {
    String mark = "DOMUS_TEST_MARK=" + UUID.randomUUID();
    Command command = shell("while :; do sleep 60 & done").withEnv(mark.split("=", 2)[0], mark);
    assertThrows(CommandException.class, () -> runner.run(command, Duration.ofMillis(60)));
    List<ProcessHandle> left =
        ProcessHandle.allProcesses().filter(each -> isMarked(each.pid(), mark)).toList();
    left.forEach(ProcessHandle::destroyForcibly);
    assertEquals(List.of(), left);
  }

  private static boolean isMarked(long pid, String mark) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1)
          .contains(mark);
    } catch (IOException gone) {
      return false;
    }
  }

  private static void awaitLines(Path file, int count) {
    while (lines(file) < count) {
      Thread.onSpinWait();
    }
  }

  private static long lines(Path file) {
    try {
      return Files.readAllLines(file).size();
    } catch (IOException failure) {
      return 0;
    }
  }

  /** Grandchildren have been killed by then, but somebody else reaps them. */
  /** Nor does it belong to our terminal. */
  @Test
  void whatMustNotBeCutShortIsNot() throws IOException {
    Thread runs = Thread.currentThread();
    Path begun = Files.createTempFile("begun", "");
    Thread.ofPlatform()
        .start(
            () -> {
              awaitLines(begun, 1);
              runs.interrupt();
            });
    Command command =
        shell("echo x >>\"$BEGUN\"; sleep 1; ps -o sid= -p $$; echo $$; exit 3")
            .withEnv("BEGUN", begun.toString());
    CommandResult result = runner.complete(command, LIMIT);
    assertTrue(Thread.interrupted(), "it waits");
    assertEquals(3, result.exit());
    List<String> said = result.stdout().lines().map(String::strip).toList();
    assertEquals(said.get(1), said.get(0), "a session of its own");
    Files.delete(begun);
    runs.interrupt();
    assertEquals("x\n", runner.complete(shell("echo x"), LIMIT).stdout());
    assertTrue(Thread.interrupted(), "also one that came before");
    CommandException late =
        assertThrows(
            CommandException.class,
            () -> runner.complete(shell("sleep 60"), Duration.ofMillis(100)));
    assertTrue(late.getMessage().contains("did not end within 0.1 s"), late.getMessage());
  }

  private static void assertGone(long pid) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) {
      assertTrue(System.nanoTime() < deadline, () -> "process " + pid + " is there");
      Thread.sleep(10);
    }
  }
}
