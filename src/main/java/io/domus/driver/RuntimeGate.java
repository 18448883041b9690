// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.HostFacts;
import io.domus.domain.ConfigUnsupportedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plan needs no installed runtime; a start does. */
final class RuntimeGate {
  private RuntimeGate() {}

  static void check(HostFacts facts) {
    require(facts.tools().runtime(), "crun");
    boolean isCrun = facts.tools().runtime().getFileName().toString().startsWith("crun");
    if (facts.session().isPresent() && !isCrun) {
      throw new ConfigUnsupportedException(
          "crun is not installed, and other runtimes do not do without cgroups");
    }
    require(facts.tools().monitor(), "conmon");
    require(facts.tools().monitorScript(), "Domus's own script");
  }

  private static void require(Path program, String what) {
    if (!Files.exists(program)) {
      throw new ConfigUnsupportedException(what + " is not installed (" + program + ")");
    }
  }
}
