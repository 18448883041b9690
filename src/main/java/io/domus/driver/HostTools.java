// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.ToolFacts;
import io.domus.domain.DomainPaths;
import io.domus.tool.Crun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the programs of this host are. */
final class HostTools {
  /** Not from PATH: what root runs must not depend on who called. */
  private static final List<Path> DIRECTORIES =
      List.of(
          Path.of("/usr/local/sbin"),
          Path.of("/usr/local/bin"),
          Path.of("/usr/sbin"),
          Path.of("/usr/bin"),
          Path.of("/sbin"),
          Path.of("/bin"));

  private HostTools() {}

  static Optional<Path> find(String program) {
    return DIRECTORIES.stream()
        .map(directory -> directory.resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Missing programs get the names Debian gives them: a plan needs no installed runtime. */
  static ToolFacts facts(Driver driver) {
    Path scripts = driver.home().resolve("conf/libexec");
    return new ToolFacts(
        find("crun").or(() -> find("runc")).orElse(Path.of("/usr/bin/crun")),
        find("conmon").orElse(Path.of("/usr/bin/conmon")),
        scripts.resolve("monitor"),
        scripts.resolve("exit"),
        List.of(
            driver.home().resolve("domus").toString(), "-c", driver.layout().uri(), "drain-exits"));
  }

  /** The runtime, for a domain of this root. */
  static Crun crun(Driver driver, DomainPaths paths) {
    return new Crun(
        facts(driver).runtime(),
        paths.crunRoot(),
        !driver.layout().isSession() || SessionProbe.hasCgroup(driver, paths.containerId()));
  }
}
