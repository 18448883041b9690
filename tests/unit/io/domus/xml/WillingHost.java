// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.compiler.GuestMapping;
import io.domus.compiler.HostFacts;
import io.domus.compiler.StartCompiler;
import io.domus.compiler.ToolFacts;
import io.domus.domain.Capability;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.IdMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A host that has whatever a definition asks for. */
final class WillingHost {
  private static final Path BIN = Path.of("/usr/bin/true");

  private static final HostFacts FACTS =
      new HostFacts(
              new ToolFacts(BIN, BIN, BIN, BIN, List.of("/usr/bin/domus", "drain-exits")),
              false,
              true,
              List.of(Path.of("/sys/fs/cgroup")),
              HostFacts.Qcow.FUSE,
              List.of(),
              4096,
              Set.of(Capability.values()),
              Map.of(),
              Map.of(),
              Map.of(),
              Optional.of(new HostFacts.GuestIds(0, 0)))
          .withMapping(
              Optional.of(
                  new GuestMapping(
                      new IdMap.Range(0, 2_000_683_008L, IdMap.AUTOMATIC_COUNT), true, Map.of())));

  private WillingHost() {}

  /** Compiles a start; what is not built yet may be refused, in these words. */
  static void start(DomainDef domain) {
    Path run = Path.of("/run/domus/domains/it");
    DomainPaths paths =
        new DomainPaths(
            Path.of("/etc/domus/domains/it.xml"),
            Path.of("/var/lib/domus/domains/it"),
            run,
            Path.of("/var/log/domus/it.log"),
            Path.of("/run/domus/crun"),
            "/domus-it",
            "it");
    try {
      StartCompiler.compile(domain, FACTS, paths);
    } catch (ConfigUnsupportedException refused) {
      String message = refused.getMessage();
      assertTrue(message.matches("(?s).*not supported yet.*"), message);
    }
  }
}
