// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.tool.Command;
import java.util.Objects;

/**
 * A source that runs while it is cloned.
 *
 * @param cgroup of its run
 * @param paused true if somebody has suspended it, so that it is not ours to resume
 */
public record LiveSource(Command pause, Command resume, String cgroup, boolean paused) {
  public LiveSource {
    Objects.requireNonNull(pause, "pause");
    Objects.requireNonNull(resume, "resume");
    Objects.requireNonNull(cgroup, "cgroup");
  }
}
