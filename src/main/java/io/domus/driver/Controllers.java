// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.Controller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which limits cgroups of version 2 have on this host. */
final class Controllers {
  private static final Path FILE = Path.of("/sys/fs/cgroup/cgroup.controllers");

  private Controllers() {}

  /** Nothing where version 2 is not the only one: then those of version 1 limit. */
  static Set<Controller> lacking() {
    return lacking(FILE);
  }

  static Set<Controller> lacking(Path file) {
    Set<Controller> lacking = EnumSet.noneOf(Controller.class);
    try {
      List<String> present = List.of(Files.readString(file).strip().split(" ", -1));
      for (Controller controller : Controller.values()) {
        if (!present.contains(controller.text())) {
          lacking.add(controller);
        }
      }
    } catch (IOException absent) {
      return lacking;
    }
    return lacking;
  }
}
