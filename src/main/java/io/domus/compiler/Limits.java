// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Origin;
import io.domus.oci.Resources;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Leaves out what this host's cgroups cannot limit, and says so: the runtime would stumble over a
 * file that is not there. Some hosts boot without the memory controller, to save the memory that it
 * takes itself.
 */
final class Limits {
  private Limits() {}

  static Resources within(Resources asked, Draft draft, Origin origin) {
    Set<Controller> lost = used(asked);
    lost.retainAll(draft.facts().lacking());
    if (lost.isEmpty()) {
      return asked;
    }
    draft.warn(
        "cgroups have no controller '%s' on this host: limits on %s have no effect"
            .formatted(
                lost.stream().map(Controller::text).collect(Collectors.joining("', '")),
                lost.stream().map(Controller::limited).collect(Collectors.joining(", "))),
        origin);
    Resources.Cpu cpu = asked.cpu();
    boolean time = !lost.contains(Controller.CPU);
    boolean set = !lost.contains(Controller.CPUSET);
    return new Resources(
        asked.memory().filter(_ -> !lost.contains(Controller.MEMORY)),
        new Resources.Cpu(
            cpu.shares().filter(_ -> time),
            cpu.period().filter(_ -> time),
            cpu.quota().filter(_ -> time),
            cpu.cpus().filter(_ -> set),
            cpu.mems().filter(_ -> set)),
        lost.contains(Controller.IO) ? Resources.BlockIo.NONE : asked.blockIo(),
        asked.pidsLimit().filter(_ -> !lost.contains(Controller.PIDS)),
        asked.devices());
  }

  private static Set<Controller> used(Resources asked) {
    Set<Controller> used = EnumSet.noneOf(Controller.class);
    note(used, Controller.MEMORY, asked.memory());
    note(used, Controller.CPU, asked.cpu().shares());
    note(used, Controller.CPU, asked.cpu().period());
    note(used, Controller.CPU, asked.cpu().quota());
    note(used, Controller.PIDS, asked.pidsLimit());
    note(used, Controller.CPUSET, asked.cpu().cpus());
    note(used, Controller.CPUSET, asked.cpu().mems());
    if (!asked.blockIo().equals(Resources.BlockIo.NONE)) {
      used.add(Controller.IO);
    }
    return used;
  }

  private static void note(Set<Controller> used, Controller controller, Optional<?> limit) {
    if (limit.isPresent()) {
      used.add(controller);
    }
  }
}
