// SPDX-License-Identifier: Apache-2.0

import io.domus.driver.DestroyOperation;
import io.domus.driver.Driver;
import io.domus.driver.StartOperation;
import io.domus.kernel.LinuxSyscalls;
import io.domus.plan.Step;
import io.domus.store.StateLayout;
import io.domus.tool.ProcessCommandRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts and destroys one domain many times in one JVM, in turn with the same guest without Domus:
 * {@code WarmStart NAME HOME SCRATCH ROUNDS}.
 *
 * <p>HOME is the checkout; SCRATCH has the bundle of the same guest.
 */
final class WarmStart {
  private static final String RUN = "crun run --detach";
  private static final String DELETE = "crun delete --force";
  private static final String NOTHING = "a program that does nothing";

  private final String name;
  private final Path scratch;
  private final int rounds;
  private final List<Step> steps = new ArrayList<>();
  private final Driver driver;
  private final BareGuest bare;

  private WarmStart(String name, Path home, Path scratch, int rounds) throws IOException {
    this.name = name;
    this.scratch = scratch;
    this.rounds = rounds;
    this.driver =
        new Driver(
                new StateLayout(Path.of("/")),
                new LinuxSyscalls(),
                new ProcessCommandRunner(scratch),
                home,
                (_, step) -> steps.add(step))
            .remembering();
    this.bare = new BareGuest(driver.runner(), scratch, home);
  }

  public static void main(String[] args) throws Exception {
    new WarmStart(args[0], Path.of(args[1]), Path.of(args[2]), Integer.parseInt(args[3])).run();
  }

  private void run() throws Exception {
    for (int round = 0; round < Samples.WARMING; round++) {
      domus(new Samples(), new ArrayList<>());
      bare(new Samples());
    }
    Samples samples = new Samples();
    List<List<Step>> plans = new ArrayList<>();
    List<PhaseTrace.Call> calls;
    try (PhaseTrace trace = new PhaseTrace(Phases.methods())) {
      for (int round = 0; round < rounds; round++) {
        domus(samples, plans);
        bare(samples);
      }
      calls = trace.calls(scratch);
    }
    System.out.printf("%-42s %9s %9s%n", "start and destroy in a warm JVM, ms", "median", "least");
    operation("start", Phases.START, samples, calls, starts(plans, 0), RUN);
    operation("destroy", Phases.DESTROY, samples, calls, starts(plans, 1), DELETE);
    System.out.println("without Domus: same tree, mounted before; same config.json; same JVM");
    for (String what : List.of(RUN, "crun create", "crun start", "monitor + crun create", DELETE)) {
      samples.print("  ", what);
    }
    samples.print("  ", NOTHING);
  }

  private void domus(Samples samples, List<List<Step>> plans) throws Exception {
    steps.clear();
    samples.time("start", () -> new StartOperation(driver).run(name));
    plans.add(List.copyOf(steps));
    steps.clear();
    samples.time("destroy", () -> new DestroyOperation(driver).run(name));
    plans.add(List.copyOf(steps));
  }

  private void bare(Samples samples) throws Exception {
    samples.time(RUN, bare::run);
    samples.time(DELETE, bare::delete);
    samples.time("crun create", bare::create);
    samples.time("crun start", bare::start);
    bare.delete();
    samples.time("monitor + crun create", bare::createUnderMonitor);
    bare.delete();
    bare.awaitMonitor();
    samples.time(NOTHING, bare::nothing);
  }

  /** Starts and destroys alternate. */
  private static List<List<Step>> starts(List<List<Step>> plans, int first) {
    List<List<Step>> chosen = new ArrayList<>();
    for (int index = first; index < plans.size(); index += 2) {
      chosen.add(plans.get(index));
    }
    return chosen;
  }

  private void operation(
      String title,
      String method,
      Samples samples,
      List<PhaseTrace.Call> calls,
      List<List<Step>> plans,
      String other) {
    Samples phases = new Samples();
    List<Map<String, List<PhaseTrace.Call>>> operations = PhaseTrace.inside(calls, method, rounds);
    for (int index = 0; index < operations.size(); index++) {
      Phases.of(method, operations.get(index), plans.get(index)).forEach(phases::add);
    }
    phases.names().forEach(phase -> phases.print("  ", phase));
    samples.print("", title, other);
  }
}
