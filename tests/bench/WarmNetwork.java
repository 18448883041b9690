// SPDX-License-Identifier: Apache-2.0

import io.domus.driver.DestroyOperation;
import io.domus.driver.Driver;
import io.domus.driver.StartOperation;
import io.domus.executor.StepObserver;
import io.domus.kernel.LinuxSyscalls;
import io.domus.store.StateLayout;
import io.domus.tool.ProcessCommandRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Starts and destroys domains that differ in their interfaces alone, in turns in one JVM: {@code
 * WarmNetwork HOME ROUNDS PLAIN CONNECTED [NAME-NUMBER]...}, where PLAIN has no interface,
 * CONNECTED one on a network with NAT, and each of the others NUMBER of them. The driver has the
 * memory that {@code start -a} gives it, whose JVM is a warm one.
 */
final class WarmNetwork {
  private static final int UNHURRIED = 10;
  private static final String WITHOUT = "without an interface";
  private static final String WITH = "with one on a network with NAT";

  private final Driver driver;

  private WarmNetwork(Path home) throws Exception {
    this.driver =
        new Driver(
                new StateLayout(Path.of("/")),
                new LinuxSyscalls(),
                new ProcessCommandRunner(Files.createTempDirectory("bench")),
                home,
                StepObserver.NONE)
            .remembering();
  }

  public static void main(String[] args) throws Exception {
    WarmNetwork bench = new WarmNetwork(Path.of(args[0]));
    int rounds = Integer.parseInt(args[1]);
    bench.few(args[2], args[3], rounds);
    System.out.printf("%n%-42s %9s %9s%n", "by the number of interfaces, ms", "median", "least");
    for (int index = 4; index < args.length; index++) {
      bench.many(args[index], Math.min(rounds, UNHURRIED));
    }
  }

  private void few(String plain, String connected, int rounds) throws Exception {
    Samples samples = new Samples();
    for (int round = -Samples.WARMING; round < rounds; round++) {
      if (round == 0) {
        samples = new Samples();
      }
      // The kernel clears up after a guest while the next one starts: each comes after each.
      if (round % 2 == 0) {
        round(samples, plain, WITHOUT);
        round(samples, connected, WITH);
      } else {
        round(samples, connected, WITH);
        round(samples, plain, WITHOUT);
      }
    }
    System.out.printf("%n%-42s %9s %9s%n", "in a warm JVM, ms", "median", "least");
    for (String verb : new String[] {"start ", "destroy "}) {
      String without = verb + WITHOUT;
      String with = verb + WITH;
      samples.print("", without);
      samples.print("", with, without);
      System.out.printf(
          Locale.ROOT, "  %.1f ms more%n", (samples.median(with) - samples.median(without)) / 1e6);
    }
  }

  private void many(String name, int rounds) throws Exception {
    int number = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    Samples samples = new Samples();
    for (int round = -2; round < rounds; round++) {
      if (round == 0) {
        samples = new Samples();
      }
      round(samples, name, "with " + number);
    }
    samples.print("", "start with " + number);
    samples.print("", "destroy with " + number);
  }

  private void round(Samples samples, String name, String what) throws Exception {
    samples.time("start " + what, () -> new StartOperation(driver).run(name));
    samples.time("destroy " + what, () -> new DestroyOperation(driver).run(name));
  }
}
