// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.tool.Command;
import java.util.Objects;
import java.util.Optional;

/**
 * A source that runs while it is cloned.
 *
 * @param cgroup of its run
 * @param paused true if somebody has suspended it, so that it is not ours to resume
 * @param dump if its processes are to be in the copy, too
 */
public record LiveSource(
    Command pause, Command resume, String cgroup, boolean paused, Optional<ProcessDump> dump) {
  public LiveSource {
    Objects.requireNonNull(pause, "pause");
    Objects.requireNonNull(resume, "resume");
    Objects.requireNonNull(cgroup, "cgroup");
    Objects.requireNonNull(dump, "dump");
  }
}
