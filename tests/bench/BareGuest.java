// SPDX-License-Identifier: Apache-2.0

import io.domus.tool.Command;
import io.domus.tool.CommandException;
import io.domus.tool.CommandResult;
import io.domus.tool.CommandRunner;
import io.domus.tool.Conmon;
import io.domus.tool.Crun;
import io.domus.tool.FirstLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The same guest without Domus: the runtime's own verbs on a root that is mounted already. */
final class BareGuest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String ID = "domus-bench-bare";

  private final CommandRunner runner;
  private final Path directory;
  private final Path home;
  private final Crun crun;

  /**
   * @param directory has the bundle in it, and room for the rest
   */
  BareGuest(CommandRunner runner, Path directory, Path home) throws IOException {
    this.runner = runner;
    this.directory = directory;
    this.home = home;
    this.crun = new Crun(program("crun"), directory.resolve("crun"));
    for (String name : List.of("exits", "sockets", "persist", "crun")) {
      Files.createDirectories(directory.resolve(name));
    }
  }

  static Path program(String name) {
    return Path.of("/usr/bin", name);
  }

  void run() throws IOException {
    crun("run", "--detach", "--bundle", bundle().toString(), ID);
  }

  void create() throws IOException {
    crun("create", "--bundle", bundle().toString(), ID);
  }

  void start() throws IOException {
    succeed(crun.start(ID));
  }

  void delete() throws IOException {
    succeed(crun.delete(ID, true));
  }

  /** The monitor creates the container, as it does for Domus. */
  void createUnderMonitor() throws IOException {
    Conmon conmon =
        new Conmon(
            program("conmon"),
            home.resolve("conf/libexec/monitor"),
            crun,
            ID,
            directory.resolve("persist"),
            bundle(),
            directory.resolve("init.pid"),
            monitorPid(),
            Path.of("console.log"),
            directory.resolve("exits"),
            directory.resolve("sockets"),
            false,
            Optional.empty(),
            List.of("/bin/true"),
            Optional.empty());
    long self = ProcessHandle.current().pid();
    FirstLine report =
        runner.startReadingFirstLine(
            conmon.command().withEnv("DOMUS_PARENT", Long.toString(self)), LIMIT);
    if (!report.line().contains("\"data\"") || report.line().contains("\"message\"")) {
      throw new IOException("conmon: " + report.line() + report.stderr());
    }
  }

  /** Until the monitor has ended too. */
  void awaitMonitor() throws Exception {
    long pid = Long.parseLong(Files.readString(monitorPid()).strip());
    var process = ProcessHandle.of(pid);
    if (process.isPresent()) {
      process.get().onExit().get();
    }
  }

  /** What it costs to run any program at all from this JVM. */
  void nothing() throws IOException {
    succeed(Command.of("/bin/true"));
  }

  private Path bundle() {
    return directory.resolve("bundle");
  }

  private Path monitorPid() {
    return directory.resolve("monitor.pid");
  }

  private void crun(String... words) throws IOException {
    List<String> argv = new ArrayList<>(List.of(crun.program().toString()));
    argv.addAll(crun.globals());
    argv.addAll(List.of(words));
    succeed(Command.of(argv));
  }

  private void succeed(Command command) throws CommandException {
    CommandResult result = runner.run(command, LIMIT);
    if (!result.succeeded()) {
      throw new CommandException(command + ": " + result.complaint());
    }
  }
}
