// SPDX-License-Identifier: Apache-2.0

import io.domus.plan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Divides an operation's time among what it does: methods of the driver, and steps of its plan. */
final class Phases {
  static final String START = "io.domus.driver.StartOperation::run";
  static final String DESTROY = "io.domus.driver.DestroyOperation::run";

  private static final String EXECUTE = "io.domus.executor.PlanExecutor::run";
  private static final String NAMESPACE = "io.domus.kernel.NamespaceThread::inNew";
  private static final String STEP = "io.domus.executor.StepInterpreter::interpret";

  /** What tells one call of a program from another. */
  private static final Set<String> VERBS = Set.of("create", "start", "delete", "-batch");

  /** Methods by phase, none of them inside another; in the order in which they are printed. */
  private static final Map<String, List<String>> METHODS = new LinkedHashMap<>();

  static {
    METHODS.put("lock, recovery", List.of("io.domus.driver.DomainJob::begin"));
    METHODS.put("definition", List.of("io.domus.driver.DefinitionReader::stored"));
    METHODS.put("host probe", List.of("io.domus.driver.HostProbe::facts"));
    METHODS.put("compile", List.of("io.domus.compiler.StartCompiler::compile"));
    METHODS.put(
        "leases",
        List.of(
            "io.domus.driver.ClaimList::of",
            "io.domus.store.LayerLease::acquire",
            "io.domus.store.LayerLease::release"));
    METHODS.put(
        "journal",
        List.of("io.domus.store.StepJournal::begin", "io.domus.store.StepJournal::note"));
    METHODS.put(
        "status, events",
        List.of("io.domus.store.StatusStore::write", "io.domus.driver.EventLog::append"));
  }

  private Phases() {}

  /** What has to be traced. */
  static List<String> methods() {
    List<String> all = new ArrayList<>(List.of(START, DESTROY, EXECUTE, NAMESPACE, STEP));
    METHODS.values().forEach(all::addAll);
    return all;
  }

  /**
   * @param calls of one operation, by method
   * @param steps of its plan, in order
   * @return nanoseconds by phase, with what is left over last
   */
  static Map<String, Long> of(
      String operation, Map<String, List<PhaseTrace.Call>> calls, List<Step> steps) {
    Map<String, Long> phases = new LinkedHashMap<>();
    METHODS.forEach(
        (phase, methods) -> methods.forEach(method -> add(phases, phase, total(calls, method))));
    add(phases, "namespace", total(calls, NAMESPACE) - within(calls));
    List<PhaseTrace.Call> done = calls.getOrDefault(STEP, List.of());
    if (done.size() != steps.size()) {
      throw new IllegalStateException(steps.size() + " steps, but " + done.size() + " traced");
    }
    Map<String, Integer> seen = new HashMap<>();
    for (int index = 0; index < done.size(); index++) {
      add(phases, phase(steps.get(index), seen), done.get(index).nanos());
    }
    long known = phases.values().stream().mapToLong(Long::longValue).sum();
    phases.values().removeIf(nanos -> nanos == 0);
    phases.put("rest", total(calls, operation) - known);
    return phases;
  }

  /** What a namespace was entered for; destroy carries out its plan without one of its own. */
  private static long within(Map<String, List<PhaseTrace.Call>> calls) {
    List<PhaseTrace.Call> inside =
        calls.getOrDefault(EXECUTE, List.of()).stream()
            .filter(
                call ->
                    calls.getOrDefault(NAMESPACE, List.of()).stream()
                        .anyMatch(entered -> call != entered && call.within(entered)))
            .toList();
    return total(Map.of(EXECUTE, inside), EXECUTE);
  }

  /** A program by what it is called with; any other step by its kind. */
  private static String phase(Step step, Map<String, Integer> seen) {
    if (step instanceof Step.RunCommand run) {
      List<String> argv = run.command().argv();
      String program = argv.getFirst().substring(argv.getFirst().lastIndexOf('/') + 1);
      String verb =
          argv.stream().filter(VERBS::contains).findFirst().map(word -> " " + word).orElse("");
      return program + verb;
    }
    String kind = step.getClass().getSimpleName();
    int count = seen.merge(kind, 1, Integer::sum);
    return switch (kind) {
      case "StartMonitor" -> "monitor + crun create";
      case "AwaitEnd" -> "wait for " + (count == 1 ? "the guest" : "the monitor");
      case "SignalGuest", "AwaitSettled" -> "kill the guest";
      case "MountFilesystem", "HideMount", "AttachLoop" -> "mounts";
      case "UnmountFilesystem", "DetachLoop" -> "unmounts";
      case "MakeDirectory", "WriteFile", "RemoveDirectory", "RemoveFile" -> "files and directories";
      default -> kind;
    };
  }

  /** Overloads call one another: only the outermost of them count. */
  private static long total(Map<String, List<PhaseTrace.Call>> calls, String method) {
    List<PhaseTrace.Call> all = calls.getOrDefault(method, List.of());
    return all.stream()
        .filter(call -> all.stream().noneMatch(other -> other != call && call.inside(other)))
        .mapToLong(PhaseTrace.Call::nanos)
        .sum();
  }

  private static void add(Map<String, Long> phases, String phase, long nanos) {
    phases.merge(phase, nanos, Long::sum);
  }
}
