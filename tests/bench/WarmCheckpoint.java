// SPDX-License-Identifier: Apache-2.0

import io.domus.driver.Driver;
import io.domus.driver.ManagedSaveOperation;
import io.domus.driver.StartOperation;
import io.domus.executor.StepObserver;
import io.domus.kernel.LinuxSyscalls;
import io.domus.store.StateLayout;
import io.domus.tool.Command;
import io.domus.tool.CommandException;
import io.domus.tool.CommandResult;
import io.domus.tool.ProcessCommandRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Saves a guest and brings it back many times in one JVM, in turn with the same guest under the
 * runtime alone: {@code WarmCheckpoint NAME HOME BARE ROUNDS}, where BARE is a program that takes
 * {@code checkpoint}, {@code synced} (a checkpoint that outlives the host's end, as those of Domus
 * do) or {@code restore}.
 */
final class WarmCheckpoint {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String DUMP = "crun checkpoint";
  private static final String SYNCED = "crun checkpoint, synced";
  private static final String RESTORE = "crun restore";

  private final String name;
  private final Path bare;
  private final Driver driver;

  private WarmCheckpoint(String name, Path home, Path bare) throws Exception {
    this.name = name;
    this.bare = bare;
    this.driver =
        new Driver(
            new StateLayout(Path.of("/")),
            new LinuxSyscalls(),
            new ProcessCommandRunner(Files.createTempDirectory("bench")),
            home,
            StepObserver.NONE);
  }

  public static void main(String[] args) throws Exception {
    WarmCheckpoint bench = new WarmCheckpoint(args[0], Path.of(args[1]), Path.of(args[2]));
    int rounds = Integer.parseInt(args[3]);
    for (int round = 0; round < 3; round++) {
      bench.round(new Samples());
    }
    Samples samples = new Samples();
    for (int round = 0; round < rounds; round++) {
      bench.round(samples);
    }
    samples.print("", DUMP);
    samples.print("", SYNCED);
    samples.print("", RESTORE);
    samples.print("", "checkpoint in a warm JVM", DUMP);
    samples.print("", "checkpoint in a warm JVM", SYNCED);
    samples.print("", "restore in a warm JVM", RESTORE);
  }

  private void round(Samples samples) throws Exception {
    samples.time(DUMP, () -> bare("checkpoint"));
    samples.time(RESTORE, () -> bare("restore"));
    samples.time(SYNCED, () -> bare("synced"));
    bare("restore");
    samples.time("checkpoint in a warm JVM", () -> new ManagedSaveOperation(driver).run(name));
    samples.time("restore in a warm JVM", () -> new StartOperation(driver).run(name, false));
  }

  private void bare(String verb) throws Exception {
    CommandResult result = driver.runner().run(Command.of(bare.toString(), verb), LIMIT);
    if (!result.succeeded()) {
      throw new CommandException(bare + " " + verb + ": " + result.complaint());
    }
  }
}
