// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.kernel.Fd;
import io.domus.kernel.LinuxSyscalls;
import io.domus.kernel.OpenFlag;
import io.domus.kernel.ProcessFacts;
import io.domus.kernel.Signal;
import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Domus relies on in conmon and crun, each fact by itself: when an update of either breaks
 * one, this says which.
 */
class MonitorProtocolIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String ID = "protocol-" + ProcessHandle.current().pid();
  private static final int EXEC_FAILED = 255;

  private final Syscalls syscalls = new LinuxSyscalls();

  @TempDir private Path area;
  private Path bundle;
  private CommandRunner runner;
  private Crun crun;
  private Optional<ProcessHandle> monitor = Optional.empty();

  @BeforeEach
  void makeTree() throws Exception {
    bundle = Files.createDirectories(area.resolve("bundle"));
    for (String name :
        List.of("exits", "sockets", "scratch", "root/bin", "root/dev", "root/proc")) {
      Files.createDirectories(area.resolve(name));
    }
    Files.copy(Path.of("/usr/bin/busybox"), area.resolve("root/bin/busybox"));
    for (String name : List.of("sh", "sleep", "cat", "id", "seq", "head", "stty")) {
      Files.createSymbolicLink(area.resolve("root/bin/" + name), Path.of("busybox"));
    }
    Files.writeString(area.resolve("root/bin/text"), "not a program");
    runner = new ProcessCommandRunner(area.resolve("scratch"));
    crun = new Crun(Path.of("/usr/bin/crun"), area.resolve("state"));
  }

  @AfterEach
  void removeContainer() throws Exception {
    runner.run(crun.delete(ID, true), LIMIT);
    if (monitor.isPresent()) {
      monitor.get().onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private void configure(boolean terminal, String script) throws IOException {
    configure(terminal, List.of("/bin/sh", "-c", script));
  }

  private void configure(boolean terminal, List<String> argv) throws IOException {
    String arguments = argv.stream().map(word -> '"' + word + '"').collect(Collectors.joining(","));
    Files.writeString(
        bundle.resolve("config.json"),
        """
        {"ociVersion":"1.0.2","root":{"path":"%s"},
        "process":{"terminal":%s,"user":{"uid":0,"gid":0},"args":[%s],"env":["PATH=/bin"],"cwd":"/"},
        "mounts":[{"destination":"/proc","type":"proc","source":"proc"},
        {"destination":"/dev","type":"tmpfs","source":"tmpfs"},
        {"destination":"/dev/pts","type":"devpts","source":"devpts","options":["newinstance"]}],
        "linux":{"cgroupsPath":"/%s",
        "namespaces":[{"type":"pid"},{"type":"mount"},{"type":"ipc"},{"type":"uts"},{"type":"network"}]}}
        """
            .formatted(area.resolve("root"), terminal, arguments, ID));
  }

  private FirstLine create(boolean terminal) throws CommandException {
    Path script = Path.of(System.getProperty("domus.checkout"), "conf/libexec/monitor");
    Command command =
        new Conmon(
                Path.of("/usr/bin/conmon"),
                script,
                crun,
                ID,
                bundle,
                bundle,
                bundle.resolve("pid"),
                bundle.resolve("monitor"),
                Path.of("console.log"),
                area.resolve("exits"),
                area.resolve("sockets"),
                terminal,
                Optional.empty(),
                List.of("/bin/sh", "-c", "echo ended > " + bundle.resolve("ended")),
                Optional.empty())
            .command();
    FirstLine report = runner.startReadingFirstLine(command, LIMIT);
    monitor = ProcessHandle.of(report.pid());
    return report;
  }

  private CommandResult start() throws CommandException {
    return runner.run(crun.start(ID), LIMIT);
  }

  private int initPid() throws IOException {
    return Integer.parseInt(Files.readString(bundle.resolve("pid")).strip());
  }

  private String await(Path file) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!Files.exists(file) || Files.size(file) == 0) {
      assertTrue(System.nanoTime() < deadline, () -> file + " has not come");
      Thread.sleep(5);
    }
    return Files.readString(file).strip();
  }

  /** The bytes the guest printed: F ends a line, P does not. */
  private static String printed(Path... logs) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path log : logs) {
      for (String line : Files.readString(log).split("\n")) {
        String[] words = line.split(" ", 4);
        if (words.length == 4) {
          text.append(words[3]).append(words[2].equals("F") ? "\n" : "");
        }
      }
    }
    return text.toString();
  }

  @Test
  void theFirstLineNamesTheInitAndTheExitIsKept() throws Exception {
    configure(false, "echo out; echo err >&2; printf part; exit 7");
    FirstLine report = create(false);
    assertEquals("{\"data\": " + initPid() + "}", report.line());
    assertEquals("", report.stderr());
    assertEquals(Long.parseLong(await(bundle.resolve("monitor"))), report.pid());
    assertFalse(Files.exists(bundle.resolve("ended")));
    assertTrue(start().succeeded());
    assertEquals("ended", await(bundle.resolve("ended")));
    assertEquals("7", Files.readString(area.resolve("exits").resolve(ID)));
    assertEquals("7", Files.readString(bundle.resolve("exit")));
    assertEquals(
        Set.of("out", "part", "err"),
        Stream.of(printed(bundle.resolve("console.log")).split("\n|(?<=part)"))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toSet()));
  }

  @Test
  void aSignalIsAnExitAbove128() throws Exception {
    configure(false, "exec sleep 60");
    create(false);
    assertTrue(start().succeeded());
    try (Fd init = syscalls.pidfdOpen(initPid())) {
      syscalls.pidfdSendSignal(init, Signal.KILL);
      assertTrue(syscalls.poll(init, LIMIT));
    }
    await(bundle.resolve("ended"));
    assertEquals("137", Files.readString(bundle.resolve("exit")));
    assertTrue(runner.run(crun.delete(ID, false), LIMIT).succeeded());
  }

  @Test
  void aMissingInitIsReportedByName() throws Exception {
    configure(false, List.of("/bin/missing"));
    assertEquals(
        "{\"data\": -1, \"message\": \"executable file `/bin/missing` not found:"
            + " No such file or directory\\n\"}",
        create(false).line());
    assertFalse(Files.exists(area.resolve("exits").resolve(ID)));
  }

  @Test
  void anInitThatIsNoProgramIsReportedByName() throws Exception {
    configure(false, List.of("/bin/text"));
    String line = create(false).line();
    assertTrue(line.contains("the path `/bin/text` exists but it is not executable"), line);
  }

  @Test
  void aMonitorThatCannotWorkEndsWithoutALine() throws Exception {
    configure(false, "exit 0");
    Files.delete(area.resolve("sockets"));
    FirstLine report = create(false);
    assertEquals("", report.line());
    Files.createDirectory(area.resolve("sockets"));
  }

  @Test
  void theGuestOutlivesItsMonitor() throws Exception {
    configure(false, "while :; do sleep 1; done");
    FirstLine report = create(false);
    assertTrue(start().succeeded());
    syscalls.kill((int) report.pid(), Signal.KILL);
    monitor.orElseThrow().onExit().join();
    assertTrue(ProcessFacts.of(initPid()).isPresent());
    assertEquals("alive\n", exec("echo alive").stdout());
    assertTrue(runner.run(crun.pause(ID), LIMIT).succeeded());
    assertTrue(runner.run(crun.resume(ID), LIMIT).succeeded());
  }

  private CommandResult exec(String script) throws Exception {
    return exec(List.of("/bin/sh", "-c", script));
  }

  private CommandResult exec(List<String> argv) throws Exception {
    String arguments = argv.stream().map(word -> '"' + word + '"').collect(Collectors.joining(","));
    Path process =
        Files.writeString(
            bundle.resolve("process.json"),
            """
            {"terminal":false,"user":{"uid":1000,"gid":1000},"args":[%s],"env":["PATH=/bin"],
            "cwd":"/","noNewPrivileges":true,"capabilities":{"bounding":["CAP_KILL"]}}
            """
                .formatted(arguments));
    Files.deleteIfExists(bundle.resolve("exec.log"));
    NullGuard guard = new NullGuard(Path.of("conf/libexec/runtime").toAbsolutePath());
    Command exec = crun.exec(ID, process, false, bundle.resolve("exec.log"), OptionalInt.empty());
    return runner.run(guard.around(exec, bundle.resolve("exec.fifo")), LIMIT);
  }

  @Test
  void execTellsItsOwnFailureFromTheCommands() throws Exception {
    configure(false, "while :; do sleep 1; done");
    create(false);
    assertTrue(start().succeeded());
    Path log = bundle.resolve("exec.log");

    assertEquals(7, exec("exit 7").exit());
    assertEquals("uid=1000 gid=1000\n", exec(List.of("id")).stdout());
    assertTrue(exec("cat /proc/self/status").stdout().contains("NoNewPrivs:\t1"));
    assertEquals(128 + 9, exec("kill -9 $$").exit());

    assertEquals(EXEC_FAILED, exec("exit 255").exit());
    assertEquals(0, Files.exists(log) ? Files.size(log) : 0);
    assertEquals(EXEC_FAILED, exec(List.of("/bin/missing")).exit());
    assertTrue(Files.readString(log).contains("executable file `/bin/missing` not found"));
    assertEquals(EXEC_FAILED, exec(List.of("/bin/text")).exit());
    assertTrue(Files.readString(log).contains("is not executable"));
  }

  @Test
  void muchOutputIsKeptAndTheLogCanBeRotated() throws Exception {
    configure(false, "sleep 0.2; seq 1 100000; sleep 0.2; seq 100001 200000; sleep 60");
    create(false);
    assertTrue(start().succeeded());
    Path first = bundle.resolve("console.log");
    Path second = bundle.resolve("console.log.1");
    await(first);
    Files.move(first, second);
    try (Fd control = syscalls.open(bundle.resolve("ctl"), OpenFlag.WRONLY, OpenFlag.NONBLOCK)) {
      syscalls.write(control, "2 0 0\n".getBytes(StandardCharsets.UTF_8));
    }
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!Files.exists(first) || !printed(second, first).endsWith("\n200000\n")) {
      assertTrue(System.nanoTime() < deadline);
      Thread.sleep(20);
    }
    String expected =
        IntStream.rangeClosed(1, 200_000)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining("\n", "", "\n"));
    assertEquals(expected, printed(second, first));
  }

  @Test
  void theConsoleIsASocketOfPackets() throws Exception {
    configure(true, "stty -echo; while read line; do echo got $line; stty size; done");
    create(true);
    assertTrue(start().succeeded());
    try (Fd directory = syscalls.open(bundle, OpenFlag.PATH);
        Fd socket = syscalls.socket();
        Fd control = syscalls.open(bundle.resolve("ctl"), OpenFlag.WRONLY, OpenFlag.NONBLOCK)) {
      syscalls.connect(socket, Path.of(directory.path() + "/attach"));
      syscalls.write(control, "1 40 123\n".getBytes(StandardCharsets.UTF_8));
      syscalls.send(socket, "hello\n".getBytes(StandardCharsets.UTF_8));
      StringBuilder seen = new StringBuilder();
      while (seen.indexOf("40 123") < 0) {
        assertTrue(syscalls.poll(socket, LIMIT), () -> "only came: " + seen);
        byte[] packet = syscalls.receive(socket, 8193);
        assertEquals(2, packet[0]);
        seen.append(new String(packet, 1, packet.length - 1, StandardCharsets.UTF_8));
      }
      assertTrue(seen.indexOf("got hello") >= 0, seen::toString);
      syscalls.kill(initPid(), Signal.KILL);
      byte[] last = {1};
      while (last.length > 0) {
        last = syscalls.receive(socket, 8193);
      }
      assertArrayEquals(new byte[0], last);
    }
  }
}
