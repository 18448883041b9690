// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Command lines of the OCI runtime: crun's, or runc's, which has other words for a few things.
 * Cgroups are made as files, not by systemd: a domain's cgroup path is then the one in its
 * configuration on every host.
 *
 * @param root where the runtime keeps its state
 * @param cgroups false where it may make none
 */
public record Crun(Path program, Path root, boolean cgroups) {
  /** One that makes cgroups. */
  public Crun(Path program, Path root) {
    this(program, root, true);
  }

  /** Arguments that stand before every verb. */
  public List<String> globals() {
    // runc makes files if it is not told otherwise.
    return isRunc()
        ? List.of("--root", root.toString())
        : List.of(
            "--root", root.toString(), "--cgroup-manager=" + (cgroups ? "cgroupfs" : "disabled"));
  }

  /** By its name: both tell what they are only when they are run. */
  private boolean isRunc() {
    return program.getFileName().toString().startsWith("runc");
  }

  public Command start(String id) {
    return verb("start", id);
  }

  /** {@code force} kills what runs. */
  public Command delete(String id, boolean force) {
    return force ? verb("delete", "--force", id) : verb("delete", id);
  }

  public Command pause(String id) {
    return verb("pause", id);
  }

  public Command resume(String id) {
    return verb("resume", id);
  }

  /**
   * How CRIU is to treat cgroups, as a word of {@code checkpoint} and {@code restore}. The runtime
   * makes the cgroups of each run. CRIU would make all again that it finds where it runs itself,
   * which on a host with both versions is every cgroup there is, once more a restore; runc up to
   * 1.1 cannot tell it to leave that.
   */
  public String cgroups(Optional<String> mode) {
    return "--manage-cgroups-mode=" + mode.orElse(isRunc() ? "soft" : "ignore");
  }

  /**
   * Dumps the container's processes, which end with that.
   *
   * @param images receives the dump
   * @param work must be there; receives CRIU's log, {@code dump.log}
   * @param options of the verb, such as {@code --tcp-established}
   */
  public Command checkpoint(String id, Path images, Path work, List<String> options) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("checkpoint", "--image-path", images.toString()));
    words.addAll(List.of("--work-path", work.toString()));
    words.addAll(options);
    words.add(id);
    return verb(words.toArray(String[]::new));
  }

  /**
   * A further process in the container, described by a file as the OCI {@code process} object.
   *
   * @param log receives a JSON line if the runtime itself fails; a command's own failure leaves
   *     none
   * @param monitor a process that sees the container's root, where runc goes first
   */
  public Command exec(String id, Path process, boolean terminal, Path log, OptionalInt monitor) {
    List<String> argv = new ArrayList<>();
    if (isRunc() && monitor.isPresent()) {
      argv.addAll(List.of("nsenter", "--mount=/proc/" + monitor.getAsInt() + "/ns/mnt", "--"));
    }
    argv.add(program.toString());
    argv.addAll(globals());
    argv.addAll(
        List.of(
            "--log", isRunc() ? log.toString() : "file:" + log, "--log-format", "json", "exec"));
    if (terminal) {
      argv.add("--tty");
    }
    argv.addAll(List.of("--process", process.toString(), id));
    return Command.of(argv);
  }

  private Command verb(String... words) {
    List<String> argv = new ArrayList<>();
    argv.add(program.toString());
    argv.addAll(globals());
    argv.addAll(List.of(words));
    return Command.of(argv);
  }
}
