// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The programs that a plan runs.
 *
 * @param runtime crun, or runc where crun is missing
 * @param monitor conmon
 * @param monitorScript the script that gives conmon its report pipe
 * @param exitScript what conmon runs when the guest has ended
 * @param launcher how the exit script starts Domus
 */
public record ToolFacts(
    Path runtime, Path monitor, Path monitorScript, Path exitScript, List<String> launcher) {
  public ToolFacts {
    Objects.requireNonNull(runtime, "runtime");
    Objects.requireNonNull(monitor, "monitor");
    Objects.requireNonNull(monitorScript, "monitorScript");
    Objects.requireNonNull(exitScript, "exitScript");
    launcher = List.copyOf(launcher);
  }

  /** The script that starts what connects an ordinary user's guest. */
  public Path userNetworkScript() {
    return exitScript.resolveSibling("usernet");
  }

  /** The script that runs the runtime without handing the guest the machine's null device. */
  public Path runtimeScript() {
    return exitScript.resolveSibling("runtime");
  }

  /** The script that names a restored guest. */
  public Path hostnameScript() {
    return exitScript.resolveSibling("hostname");
  }
}
