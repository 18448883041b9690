// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Command lines of the OCI runtime; runc takes the same. Cgroups are made as files, not by systemd:
 * a domain's cgroup path is then the one in its configuration on every host.
 *
 * @param root where the runtime keeps its state
 */
public record Crun(Path program, Path root) {
  /** Arguments that stand before every verb. */
  public List<String> globals() {
    return List.of("--root", root.toString(), "--cgroup-manager=cgroupfs");
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
   */
  public Command exec(String id, Path process, boolean terminal, Path log) {
    List<String> argv = new ArrayList<>();
    argv.add(program.toString());
    argv.addAll(globals());
    argv.addAll(List.of("--log", "file:" + log, "--log-format", "json", "exec"));
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
