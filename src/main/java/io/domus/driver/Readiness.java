// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Autostart.Ready;
import io.domus.kernel.Fd;
import io.domus.kernel.KernelException;
import io.domus.kernel.OpenFlag;
import io.domus.kernel.SocketTable;
import io.domus.store.DomainRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a guest is what others wait for: {@code <ready>}. */
final class Readiness {
  private final Driver driver;
  private final String name;
  private final Ready ready;
  private final Probe probe;

  private Readiness(Driver driver, String name, Ready ready) {
    this.driver = driver;
    this.name = name;
    this.ready = ready;
    this.probe = probe();
  }

  /** Looks once; must not take much longer than a check's interval. */
  @FunctionalInterface
  private interface Probe {
    boolean holds(DomainRecord record) throws IOException;
  }

  /**
   * Begins to look before the start, so that nothing that the guest says is missed and nothing that
   * it said before counts.
   */
  static Readiness of(Driver driver, String name, Ready ready) {
    return new Readiness(driver, name, ready);
  }

  /** Waits for it; empty once it holds, or why it does not. */
  Optional<String> await() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (true) {
      Optional<DomainRecord> record =
          new DomainView(driver).record(name).filter(LiveState::guestAlive);
      if (record.isEmpty()) {
        return Optional.of("it ended before it was ready");
      }
      if (holds(record.get())) {
        return Optional.empty();
      }
      Duration left = ready.timeout().minusNanos(System.nanoTime() - begin);
      if (left.isNegative() || left.isZero()) {
        return Optional.of(
            "it was not ready within %d s (%s)".formatted(ready.timeout().toSeconds(), what()));
      }
      Thread.sleep(left.compareTo(ready.interval()) < 0 ? left : ready.interval());
    }
  }

  /** What goes away while it is looked at was not there. */
  private boolean holds(DomainRecord record) {
    try {
      return probe.holds(record);
    } catch (IOException gone) {
      return false;
    }
  }

  private String what() {
    return ready.type() + ready.value().map(value -> " " + value).orElse("");
  }

  private Probe probe() {
    String value = ready.value().orElse("");
    return switch (ready.type()) {
      case "running" -> _ -> true;
      case "tcp" -> socket(value);
      case "path" -> record -> exists(record, value);
      case "log" -> log(value);
      case "exec" ->
          _ ->
              new ExecOperation(driver)
                  .succeeds(name, List.of("/bin/sh", "-c", value), ready.timeout());
      default -> throw new IllegalArgumentException("no way to be ready: " + ready.type());
    };
  }

  /** A port is looked for in the guest's own network; an address is one that the host reaches. */
  private Probe socket(String value) {
    int colon = value.lastIndexOf(':');
    int port = Integer.parseInt(value.substring(colon + 1));
    if (colon < 0) {
      return record -> SocketTable.hasListener(record.init().orElseThrow().pid(), "tcp", port);
    }
    String host = value.substring(0, colon).replaceAll("[\\[\\]]", "");
    return _ -> {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(host, port),
            (int) Math.max(1, Math.min(Integer.MAX_VALUE, ready.timeout().toMillis())));
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

  /** A text may come in pieces: all that was said since the start is kept. */
  private Probe log(String text) {
    LogReader reader = new LogReader(driver, name);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try {
      if (Files.exists(driver.layout().domain(name).log())) {
        reader.drain(java.io.OutputStream.nullOutputStream());
      }
    } catch (IOException unreadable) {
      // It is asked again, and what was there before would count.
      throw new java.io.UncheckedIOException(unreadable);
    }
    return _ -> {
      reader.drain(said);
      return said.toString(StandardCharsets.UTF_8).contains(text);
    };
  }
}
