// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.domain.DomainPaths;
import io.domus.domain.DomainState;
import io.domus.domain.OperationFailedException;
import io.domus.domain.Transitions;
import io.domus.domain.Verb;
import io.domus.store.DomainRecord;
import io.domus.tool.Command;
import io.domus.tool.Crun;
import io.domus.tool.NullGuard;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Runs a command in a guest, with what the guest's own init has: its capabilities, user,
 * environment, limits and system call filter.
 */
public final class ExecOperation {
  /** As docker and podman have them. */
  public static final int OUR_FAILURE = 125;

  public static final int NOT_EXECUTABLE = 126;
  public static final int NOT_FOUND = 127;

  private static final String TEMPORARY = ".exec-";

  private final Driver driver;

  public ExecOperation(Driver driver) {
    this.driver = driver;
  }

  /**
   * What to run.
   *
   * @param user {@code NAME}, {@code UID}, or either with {@code :GROUP}
   * @param environment added to that of the init
   */
  public record Request(
      List<String> command,
      boolean terminal,
      Optional<String> user,
      List<String> environment,
      Optional<String> directory) {
    public Request {
      command = List.copyOf(command);
      environment = List.copyOf(environment);
    }
  }

  /** Runs it with our own stdin, stdout and stderr; returns the command's exit status. */
  public int run(String name, Request request) {
    return run(
        name,
        request,
        command -> {
          OwnStreams own = OwnStreams.look();
          try {
            return driver.runner().inherit(command);
          } finally {
            own.giveBack();
          }
        });
  }

  /**
   * Runs it without input and unheard, as root.
   *
   * @param limit after which it is killed, and has failed
   */
  boolean succeeds(String name, List<String> command, Duration limit) {
    Request request = new Request(command, false, Optional.empty(), List.of(), Optional.empty());
    return run(name, request, argv -> driver.runner().run(argv, limit).succeeded() ? 0 : 1) == 0;
  }

  /** How the runtime is run. */
  @FunctionalInterface
  private interface Way {
    int run(Command command) throws IOException;
  }

  private int run(String name, Request request, Way way) {
    DomainRecord record = new DomainView(driver).record(name).orElse(null);
    DomainPaths paths = driver.layout().domain(name);
    DomainState state = record == null ? DomainState.SHUT_OFF : LiveState.condition(record).state();
    Transitions.check(name, state, Verb.EXEC);
    Path process = null;
    Path log = null;
    try {
      process = Files.createTempFile(paths.run(), TEMPORARY, ".json");
      log = Files.createTempFile(paths.run(), TEMPORARY, ".log");
      Files.writeString(process, processObject(paths, record, request));
      Crun crun = HostTools.crun(driver, paths);
      OptionalInt monitor =
          record.monitor().map(each -> OptionalInt.of(each.pid())).orElseGet(OptionalInt::empty);
      Command command = crun.exec(paths.containerId(), process, request.terminal(), log, monitor);
      int status = way.run(guarded(command, log));
      return Files.size(log) == 0 ? status : failure(Files.readString(log));
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot execute a command in domain '" + name + "': " + failure.getMessage(), failure);
    } finally {
      remove(process);
      remove(log);
    }
  }

  /** What runs in a guest, as whomever, must not be made the owner of the null device. */
  private Command guarded(Command command, Path log) {
    return new NullGuard(HostTools.facts(driver).runtimeScript())
        .around(command, log.resolveSibling(log.getFileName() + ".fifo"));
  }

  /** The runtime itself failed, and has said so on stderr. */
  private static int failure(String log) {
    if (log.contains("not found")) {
      return NOT_FOUND;
    }
    boolean refused =
        log.contains("not executable")
            || log.contains("not a regular file")
            || log.contains("Permission denied")
            || log.contains("Exec format error");
    return refused ? NOT_EXECUTABLE : OUR_FAILURE;
  }

  @SuppressWarnings("unchecked")
  private String processObject(DomainPaths paths, DomainRecord record, Request request)
      throws IOException {
    Map<String, Object> config = JSON.std.mapFrom(Files.readString(paths.config()));
    Map<String, Object> process = new LinkedHashMap<>((Map<String, Object>) config.get("process"));
    process.put("terminal", request.terminal());
    process.put("args", request.command());
    process.put("env", environment((List<String>) process.get("env"), request.environment()));
    request.directory().ifPresent(directory -> process.put("cwd", directory));
    if (request.user().isPresent()) {
      process.put("user", user(record, request.user().get()));
    }
    return JSON.std.asString(process);
  }

  /** A later variable of the same name replaces an earlier one. */
  private static List<String> environment(List<String> base, List<String> added) {
    Map<String, String> variables = new LinkedHashMap<>();
    List<String> all = new ArrayList<>(base);
    all.addAll(added);
    all.forEach(variable -> variables.put(variable.split("=", 2)[0], variable));
    return List.copyOf(variables.values());
  }

  private Map<String, Object> user(DomainRecord record, String text) {
    String[] parts = text.split(":", 2);
    Path root = Path.of("/proc/" + record.init().orElseThrow().pid() + "/root");
    GuestAccounts accounts = new GuestAccounts(driver.syscalls(), List.of(root));
    GuestAccounts.User user =
        accounts
            .user(parts[0])
            .orElseThrow(
                () -> new OperationFailedException("no user '" + parts[0] + "' in the guest"));
    long gid =
        parts.length == 1
            ? user.gid().orElse(0L)
            : accounts
                .group(parts[1])
                .orElseThrow(
                    () -> new OperationFailedException("no group '" + parts[1] + "' in the guest"));
    return Map.of("uid", user.uid(), "gid", gid);
  }

  /** What commands leave whose caller was killed; for when the guest is gone. */
  static void removeLeftovers(DomainPaths paths) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(paths.run(), TEMPORARY + "*")) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void remove(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      throw new OperationFailedException("cannot remove " + file, failure);
    }
  }
}
