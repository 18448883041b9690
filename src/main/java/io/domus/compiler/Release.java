// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.plan.Step;
import io.domus.plan.Undo;
import io.domus.tool.QemuStorage;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends what a plan needed for a while: mounts and the files they were made on, devices and their
 * helpers; what it made stays.
 */
final class Release {
  private Release() {}

  /** For these steps, the last one's first. */
  static List<Step> of(List<Step> steps) {
    List<Step> release = new ArrayList<>();
    for (Step step : steps.reversed()) {
      boolean passing =
          step instanceof Step.MountFilesystem
              || step instanceof Step.AttachLoop
              || step instanceof Step.StartHelper
              || (step instanceof Step.RunCommand run && isConnection(run))
              || (step instanceof Step.WriteFile file && isMountPoint(file));
      if (passing && step.undo() instanceof Undo.By by) {
        release.addAll(by.steps());
      }
    }
    return release;
  }

  /** A network block device is connected by one program and disconnected by another. */
  private static boolean isConnection(Step.RunCommand run) {
    return run.command().program().equals(QemuStorage.NBD);
  }

  /** Nobody writes a file without a word in it but to mount something there. */
  private static boolean isMountPoint(Step.WriteFile file) {
    return file.content().isEmpty();
  }
}
