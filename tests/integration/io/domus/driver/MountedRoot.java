// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainPaths;
import io.domus.executor.NamespaceRunner;
import io.domus.executor.PlanExecutor;
import io.domus.kernel.NamespaceThread;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A domain's root, mounted as a start would mount it, in a namespace that ends with the look at it:
 * what a guest would see and write, without a guest.
 */
final class MountedRoot {
  private MountedRoot() {}

  /** What to do there. */
  @FunctionalInterface
  interface Work<T> {
    T in(Path root) throws Exception;
  }

  static <T> T of(Site site, String domain, Work<T> work) throws Exception {
    Driver driver = site.driver();
    DomainPaths paths = driver.layout().domain(domain);
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.MakeDirectory(paths.run(), 0755, Note.of("goes with the look")));
    for (Step step :
        new PlanOperation(driver)
            .start(new DefinitionReader(driver).stored(domain).domain())
            .steps()) {
      boolean place =
          step instanceof Step.MakeDirectory make && make.directory().startsWith(paths.staging());
      if (place || step instanceof Step.MountFilesystem) {
        steps.add(step);
      }
    }
    PlanExecutor executor = driver.machinery(NamespaceRunner.HERE).executor();
    return new NamespaceThread(Site.SYSCALLS)
        .<T, Exception>inNew(
            () -> {
              try {
                executor.runToTheEnd(steps);
                return work.in(paths.rootfs());
              } finally {
                executor.runToTheEnd(undos(steps));
              }
            });
  }

  private static List<Step> undos(List<Step> steps) {
    List<Step> undos = new ArrayList<>();
    for (Step step : steps.reversed()) {
      if (step.undo() instanceof Undo.By by) {
        undos.addAll(by.steps());
      }
    }
    return undos;
  }
}
