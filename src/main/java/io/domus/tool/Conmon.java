// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The command line of the container monitor.
 *
 * @param script gives the monitor its report pipe and writes its pid to {@code monitorPid}
 * @param directory where the monitor runs; its {@code oom} mark lands here
 * @param log relative to {@code directory}: conmon divides the name at every colon
 * @param terminal gives the guest a terminal; else its stdin is a pipe that stays open
 * @param guard runs the runtime without the null device that conmon has it start with
 */
public record Conmon(
    Path program,
    Path script,
    Crun runtime,
    String id,
    Path directory,
    Path bundle,
    Path initPid,
    Path monitorPid,
    Path log,
    Path exits,
    Path sockets,
    boolean terminal,
    Optional<NullGuard> guard,
    List<String> exitCommand,
    Optional<Restored> restored) {
  /**
   * The container goes on from a dump.
   *
   * @param work must be there; receives CRIU's log, {@code restore.log}
   * @param options of the runtime's {@code restore}
   */
  public record Restored(Path images, Path work, List<String> options) {
    public Restored {
      Objects.requireNonNull(images, "images");
      Objects.requireNonNull(work, "work");
      options = List.copyOf(options);
    }
  }

  public Conmon {
    Objects.requireNonNull(program, "program");
    exitCommand = List.copyOf(exitCommand);
  }

  /** conmon forks no more: it stays the caller's child until it has created the container. */
  public Command command() {
    List<String> argv = new ArrayList<>();
    argv.addAll(List.of("/bin/sh", script.toString(), monitorPid.toString(), program.toString()));
    argv.addAll(List.of("--api-version", "--sync", "-c", id, "-u", id, "-n", id));
    Path run = guard.map(NullGuard::script).orElse(runtime.program());
    argv.addAll(List.of("-r", run.toString(), "-b", bundle.toString()));
    argv.addAll(List.of("-p", initPid.toString(), "-l", "k8s-file:" + log));
    argv.addAll(List.of("--exit-dir", exits.toString(), "--persist-dir", directory.toString()));
    argv.addAll(List.of("--socket-dir-path", sockets.toString(), "--no-sync-log"));
    argv.addAll(List.of("--exit-command", exitCommand.getFirst()));
    for (String argument : exitCommand.subList(1, exitCommand.size())) {
      argv.addAll(List.of("--exit-command-arg", argument));
    }
    List<String> arguments = new ArrayList<>();
    guard.ifPresent(script -> arguments.addAll(script.arguments(runtime.program())));
    arguments.addAll(runtime.globals());
    for (String argument : arguments) {
      argv.addAll(List.of("--runtime-arg", argument));
    }
    restored.ifPresent(
        from -> {
          argv.addAll(List.of("--restore", from.images().toString()));
          // conmon itself names the bundle, and the runtime takes what comes last.
          argv.addAll(List.of("--runtime-opt", "--work-path"));
          argv.addAll(List.of("--runtime-opt", from.work().toString()));
          from.options().forEach(option -> argv.addAll(List.of("--runtime-opt", option)));
        });
    argv.addAll(terminal ? List.of("-t") : List.of("-i", "--leave-stdin-open"));
    return Command.of(argv).in(directory).withEnv("_OCI_SYNCPIPE", "3");
  }
}
