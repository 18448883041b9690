// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.CriuOptions;
import io.domus.executor.StepObserver;
import io.domus.kernel.LinuxSyscalls;
import io.domus.kernel.Signal;
import io.domus.kernel.Syscalls;
import io.domus.store.StateLayout;
import io.domus.tool.ProcessCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A process like {@code domus} that dies in the middle of its work: {@code KilledMain ROOT HOME
 * NAME}. It reads {@code VERB STEP}, and for a clone what it is to be, from stdin, answers {@code
 * ready}, reads another line, and kills itself before that step; with step 0 it goes on to the end
 * and answers {@code done}.
 */
final class KilledMain {
  /** Their steps are counted through. */
  private static final Set<String> SEVERAL_PLANS =
      Set.of("checkpoint", "snapshot", "revert", "migrate");

  private KilledMain() {}

  public static void main(String[] arguments) throws IOException {
    Syscalls syscalls = new LinuxSyscalls();
    Path scratch = Files.createTempDirectory("domus");
    Path root = Path.of(arguments[0]);
    Path home = Path.of(arguments[1]);
    String name = arguments[2];
    String[] order = IO.readln().split(" ", -1);
    int fatal = Integer.parseInt(order[1]);
    boolean several = SEVERAL_PLANS.contains(order[0]);
    AtomicInteger steps = new AtomicInteger();
    StepObserver observer =
        (number, _) -> {
          int count = steps.incrementAndGet();
          if ((several ? count : number) == fatal) {
            kill(syscalls);
          }
        };
    Driver driver =
        new Driver(
            new StateLayout(root), syscalls, new ProcessCommandRunner(scratch), home, observer);
    // Loads most of the classes, so that what follows is quick.
    if (order[0].startsWith("net-")) {
      new NetworkProbe(driver).facts(name);
    } else {
      driver.probe().facts(new DefinitionReader(driver).stored(name).domain());
    }
    IO.println("ready");
    IO.readln();
    switch (order[0]) {
      case "start" -> new StartOperation(driver).run(name);
      case "save" -> new ManagedSaveOperation(driver).run(name);
      case "checkpoint", "snapshot" ->
          Snapshots.create(driver, name, order[0].equals("checkpoint"), order[2]);
      case "revert" -> Snapshots.revert(driver, name, order[2]);
      case "migrate" ->
          new MigrateOperation(driver, there(driver, Path.of(order[2])))
              .run(name, new MigrateOperation.Request(false, CriuOptions.NONE));
      case "delete" -> new SnapshotDeletion(driver).run(name, order[2], false);
      case "destroy" -> new DestroyOperation(driver).run(name);
      case "shutdown" ->
          new ShutdownOperation(driver).runAndWait(name, java.util.Optional.empty(), true);
      case "net-start" -> new NetworkStartOperation(driver).run(name);
      case "net-destroy" -> new NetworkDestroyOperation(driver).run(name, false);
      case "net-update" ->
          new NetworkUpdateOperation(driver)
              .run(name, KilledNetworkIT.UPDATE, new NetworkUpdateOperation.Scope(false, true));
      case "attach", "detach", "limit" ->
          new InterfaceChangeOperation(driver)
              .run(
                  name,
                  _ -> HotplugIT.CHANGES.get(order[0]),
                  new NetworkUpdateOperation.Scope(false, true));
      case "undefine" -> new UndefineOperation(driver).runWithStorage(name);
      case "prune" -> new PruneOperation(driver).run();
      case "clone" -> Conversion.valueOf(order[2]).run(driver, name);
      default -> CloneWork.valueOf(order[0]).run(driver);
    }
    IO.println("done");
  }

  private static Destination there(Driver here, Path root) {
    return new Destination.ThisHost(
        new Driver(
            new StateLayout(root), here.syscalls(), here.runner(), here.home(), here.observer()));
  }

  private static void kill(Syscalls syscalls) throws IOException {
    syscalls.kill((int) ProcessHandle.current().pid(), Signal.KILL);
    while (true) {
      LockSupport.park();
    }
  }
}
