// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.executor.StepObserver;
import io.domus.kernel.LinuxSyscalls;
import io.domus.store.StateLayout;
import io.domus.tool.ProcessCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the launcher runs for conmon's exit command: {@code DrainMain ROOT HOME}. */
final class DrainMain {
  private DrainMain() {}

  public static void main(String[] arguments) throws IOException {
    Driver driver =
        new Driver(
            new StateLayout(Path.of(arguments[0])),
            new LinuxSyscalls(),
            new ProcessCommandRunner(Files.createTempDirectory("domus")),
            Path.of(arguments[1]),
            StepObserver.NONE);
    new DrainOperation(driver).run();
  }
}
