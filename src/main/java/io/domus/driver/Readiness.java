// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Autostart.Ready;
import io.domus.domain.DomainException;
import io.domus.kernel.Fd;
import io.domus.kernel.KernelException;
import io.domus.kernel.OpenFlag;
import io.domus.kernel.SocketTable;
import io.domus.store.DomainRecord;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a guest is what others wait for: {@code <ready>}. */
final class Readiness {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

  private final Driver driver;
  private final String name;
  private final Ready ready;

  Readiness(Driver driver, String name, Ready ready) {
    this.driver = driver;
    this.name = name;
    this.ready = ready;
  }

  /** Looks once. */
  @FunctionalInterface
  private interface Probe {
    /**
     * @param left how long it may take at most
     */
    boolean holds(DomainRecord record, Duration left) throws IOException;
  }

  /**
   * Waits for it; empty once it holds, or why it does not.
   *
   * @param restored whether the guest goes on from a dump: what it says once it has said before
   */
  Optional<String> await(boolean restored) throws InterruptedException {
    long begin = System.nanoTime();
    boolean disturbs = ready.type().equals("exec") || ready.value().orElse("").contains(":");
    Duration pause = disturbs ? ready.interval() : FIRST_PAUSE;
    Probe probe = restored && ready.type().equals("log") ? (_, _) -> true : probe();
    while (true) {
      Optional<DomainRecord> record =
          new DomainView(driver).record(name).filter(LiveState::guestAlive);
      if (record.isEmpty()) {
        return Optional.of("it ended before " + what());
      }
      Duration left = ready.timeout().minusNanos(System.nanoTime() - begin);
      boolean late = left.isNegative() || left.isZero();
      if (holds(probe, record.get(), late ? ready.interval() : left)) {
        return Optional.empty();
      }
      left = ready.timeout().minusNanos(System.nanoTime() - begin);
      if (left.isNegative() || left.isZero()) {
        return Optional.of("%s, not within %d s".formatted(what(), ready.timeout().toSeconds()));
      }
      Thread.sleep(left.compareTo(pause) < 0 ? left : pause);
      pause = longer(pause);
    }
  }

  /** Looks once, for as long as it may take; false of a guest that has gone. */
  boolean holds() {
    return new DomainView(driver)
        .record(name)
        .filter(record -> holds(probe(), record, ready.timeout()))
        .isPresent();
  }

  /** What is seen from outside costs next to nothing, so a guest that is quick is seen to be so. */
  private Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(ready.interval()) < 0 ? doubled : ready.interval();
  }

  /** What goes away while it is looked at was not there. */
  private static boolean holds(Probe probe, DomainRecord record, Duration left) {
    try {
      return probe.holds(record, left);
    } catch (IOException | DomainException gone) {
      return false;
    }
  }

  /** In words. */
  String what() {
    return ready.type() + ready.value().map(value -> " " + value).orElse("");
  }

  private Probe probe() {
    String value = ready.value().orElse("");
    return switch (ready.type()) {
      case "running" -> (_, _) -> true;
      case "tcp" -> socket(value);
      case "path" -> (record, _) -> exists(record, value);
      case "log" -> log(value);
      case "exec" ->
          (_, left) ->
              new ExecOperation(driver).succeeds(name, List.of("/bin/sh", "-c", value), left);
      default -> throw new IllegalArgumentException("no way to be ready: " + ready.type());
    };
  }

  /** A port is looked for in the guest's own network; an address is one that the host reaches. */
  private Probe socket(String value) {
    int colon = value.lastIndexOf(':');
    int port = Integer.parseInt(value.substring(colon + 1));
    if (colon < 0) {
      return (record, _) -> SocketTable.hasListener(record.init().orElseThrow().pid(), "tcp", port);
    }
    String host = value.substring(0, colon).replaceAll("[\\[\\]]", "");
    return (_, left) -> {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(host, port),
            (int) Math.max(1, Math.min(Integer.MAX_VALUE, left.toMillis())));
        return true;
      }
    };
  }

  private boolean exists(DomainRecord record, String path) throws IOException {
    Path root = Path.of("/proc/" + record.init().orElseThrow().pid() + "/root");
    try (Fd top = driver.syscalls().open(root, OpenFlag.PATH);
        Fd _ = driver.syscalls().openInRoot(top, path, Set.of(OpenFlag.PATH))) {
      return true;
    } catch (KernelException missing) {
      return false;
    }
  }

  /**
   * Only what was said in this run counts. Each start writes the monitor's file anew before there
   * is a guest that could say anything.
   */
  private Probe log(String text) {
    TextFinder finder = new TextFinder(text);
    LogReader[] reader = new LogReader[1];
    return (_, _) -> {
      if (reader[0] == null) {
        Path monitor = driver.layout().domain(name).monitorPid();
        reader[0] = LogReader.since(driver, name, Files.getLastModifiedTime(monitor).toInstant());
      }
      reader[0].drain(finder);
      return finder.found();
    };
  }
}
