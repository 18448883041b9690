// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.HostFacts;
import io.domus.domain.ConfigUnsupportedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plan needs no installed runtime; a start does. */
final class RuntimeGate {
  private RuntimeGate() {}

  static void check(String domain, HostFacts facts) {
    require(domain, facts.tools().runtime(), "crun");
    require(domain, facts.tools().monitor(), "conmon");
    require(domain, facts.tools().monitorScript(), "Domus's own script");
  }

  private static void require(String domain, Path program, String what) {
    if (!Files.exists(program)) {
      throw new ConfigUnsupportedException(
          "cannot start domain '" + domain + "': " + what + " is not installed (" + program + ")");
    }
  }
}
