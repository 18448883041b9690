// SPDX-License-Identifier: Apache-2.0

import io.domus.driver.CloneOperation;
import io.domus.driver.DefineOperation;
import io.domus.driver.Driver;
import io.domus.executor.StepObserver;
import io.domus.kernel.LinuxSyscalls;
import io.domus.store.StateLayout;
import io.domus.tool.Command;
import io.domus.tool.CommandResult;
import io.domus.tool.ProcessCommandRunner;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Linked clones in one JVM, beside what its peers do as whole processes in the same rounds: {@code
 * WarmClone HOME DIRECTORY ROUNDS [NAME=COMMAND=COMMAND]...}, where each peer has a command that
 * clones and one that removes the clone again.
 */
final class WarmClone {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final long MIB = 1 << 20;
  private static final List<Long> SIZES = List.of(MIB, 100 * MIB, 1024 * MIB, 10_240 * MIB);
  private static final List<Integer> COUNTS = List.of(1, 10, 100);

  private final Path directory;
  private final int rounds;
  private final List<String> peers;
  private final Driver driver;
  private final ProcessCommandRunner runner;

  private WarmClone(Path home, Path directory, int rounds, List<String> peers) throws IOException {
    this.directory = directory;
    this.rounds = rounds;
    this.peers = peers;
    this.runner = new ProcessCommandRunner(Files.createDirectories(directory.resolve("scratch")));
    this.driver =
        new Driver(
            new StateLayout(directory.resolve("root")),
            new LinuxSyscalls(),
            runner,
            home,
            StepObserver.NONE);
  }

  public static void main(String[] args) throws Exception {
    new WarmClone(
            Path.of(args[0]),
            Path.of(args[1]),
            Integer.parseInt(args[2]),
            List.of(args).subList(3, args.length))
        .run();
  }

  private void run() throws Exception {
    Samples samples = new Samples();
    for (long size : SIZES) {
      define("base" + size / MIB, size);
    }
    // Until the JVM has compiled most of what matters.
    measure(new Samples());
    measure(samples);
    System.out.printf("%-42s %9s %9s%n", "linked clones in a warm JVM, ms", "median", "least");
    String basis = peers.isEmpty() ? label(SIZES.getFirst(), "unchanged") : name(peers.getFirst());
    for (String what : samples.names()) {
      samples.print("  ", what, basis);
    }
    count();
  }

  private void measure(Samples samples) throws Exception {
    for (int round = 0; round < rounds; round++) {
      for (String peer : peers) {
        String[] parts = peer.split("=", 3);
        samples.time(parts[0], () -> succeed(parts[1]));
        succeed(parts[2]);
      }
      for (long size : SIZES) {
        String base = "base" + size / MIB;
        samples.time(label(size, "unchanged"), () -> clone(base, "c"));
        remove("c");
        if (round % 4 == 0) {
          Files.writeString(directory.resolve(base + "/upper/note"), "round " + round);
          samples.time(label(size, "with a new layer"), () -> clone(base, "c"));
          remove("c");
        }
      }
    }
  }

  /** How the time grows with the number of clones there are. */
  private void count() throws Exception {
    int made = 0;
    Samples samples = new Samples();
    String base = "base" + SIZES.getFirst() / MIB;
    for (int count : COUNTS) {
      for (; made < count; made++) {
        clone(base, "clone" + made);
      }
      for (int round = 0; round < rounds; round++) {
        samples.time(count + " clones there already", () -> clone(base, "c"));
        remove("c");
      }
    }
    for (String what : samples.names()) {
      samples.print("  ", what, COUNTS.getFirst() + " clones there already");
    }
  }

  private static String label(long size, String how) {
    return "base of " + size / MIB + " MiB, " + how;
  }

  private static String name(String peer) {
    return peer.split("=", 2)[0];
  }

  private void clone(String from, String to) {
    new CloneOperation(driver).run(from, to, CloneOperation.Request.DEFAULT);
  }

  /** By hand: only the clone is measured. */
  private void remove(String name) throws IOException {
    Path upper = driver.layout().storage().resolve(name).resolve("root/upper");
    Files.deleteIfExists(driver.layout().definition(name));
    Files.deleteIfExists(io.domus.store.LayerStore.record(driver.layout(), upper));
    succeed("rm -rf " + driver.layout().storage().resolve(name));
  }

  private void succeed(String command) throws IOException {
    CommandResult result = runner.run(Command.of(List.of(command.split(" ", -1))), LIMIT);
    if (!result.succeeded()) {
      throw new IOException(command + ": " + result.complaint());
    }
  }

  private void define(String name, long size) throws IOException {
    Path tree = directory.resolve(name);
    for (String part : List.of("base/etc", "upper", "work")) {
      Files.createDirectories(tree.resolve(part));
    }
    Files.writeString(tree.resolve("base/etc/hostname"), name + "\n");
    try (RandomAccessFile big = new RandomAccessFile(tree.resolve("base/big").toFile(), "rw")) {
      big.setLength(0);
    }
    succeed("fallocate -l " + size + " " + tree.resolve("base/big"));
    Files.writeString(tree.resolve("upper/note"), "first");
    String text =
        """
        <domain type='lxc'>
          <name>%s</name>
          <memory unit='MiB'>64</memory>
          <os><type>exe</type><init>/init</init></os>
          <devices>
            <filesystem type='overlay'>
              <source dir='%s'/>
              <source dir='%s'/>
              <backingStore type='dir'><target dir='%s'/></backingStore>
              <target dir='/'/>
            </filesystem>
          </devices>
        </domain>
        """
            .formatted(name, tree.resolve("upper"), tree.resolve("work"), tree.resolve("base"));
    new DefineOperation(driver).run(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
