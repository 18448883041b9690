// SPDX-License-Identifier: Apache-2.0
package io.domus.golden;

import io.domus.compiler.HostFacts;
import io.domus.compiler.SessionRules;
import io.domus.compiler.StartCompiler;
import io.domus.compiler.StopCompiler;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.plan.Plan;
import io.domus.plan.PlanJson;
import io.domus.plan.PlanShell;
import io.domus.plan.PlanText;
import io.domus.plan.Step;
import io.domus.store.StateLayout;
import io.domus.store.StateRoot;
import io.domus.xml.DomainReader;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** A directory of {@code tests/golden}: a definition and a host, and what is planned for them. */
record GoldenCase(Path directory) {
  static final String DEFINITION = "domain.xml";
  static final String HOST = "host.facts";

  /** All that may lie in the directory; a refused definition has {@code refused} alone. */
  static final Set<String> FILES =
      Set.of(
          DEFINITION,
          HOST,
          "start.plan",
          "start.json",
          "start.sh",
          "stop.plan",
          "config.json",
          "refused");

  private static final StateRoot SESSION = StateRoot.Session.of(Map.of("HOME", "/home/ada"), 1000);

  private static final UUID IDENTITY = UUID.fromString("6f1c3a52-0d5e-4c7a-9b7e-2a6d1f0e8c11");

  String name() {
    return directory.getFileName().toString();
  }

  /** The plans, unless the compiler refuses the definition. */
  Optional<Plans> plans() throws IOException {
    DomainDef domain = definition();
    try {
      return Optional.of(plans(domain));
    } catch (ConfigUnsupportedException refused) {
      return Optional.empty();
    }
  }

  /** File names with what should be in them. */
  Map<String, String> outputs() throws IOException {
    Map<String, String> outputs = new TreeMap<>();
    DomainDef domain = definition();
    try {
      Plans plans = plans(domain);
      outputs.put("start.plan", PlanText.render(plans.start()));
      outputs.put("start.json", PlanJson.render(plans.start()));
      outputs.put("start.sh", PlanShell.render(plans.start()));
      outputs.put("stop.plan", PlanText.render(plans.stop()));
      outputs.put("config.json", config(plans.start()));
    } catch (ConfigUnsupportedException refused) {
      outputs.put("refused", refused.getMessage() + "\n");
    }
    return outputs;
  }

  /** What start and stop do. */
  record Plans(Plan start, Plan stop) {}

  private Plans plans(DomainDef declared) throws IOException {
    HostFacts facts = HostFactsText.parse(Files.readString(directory.resolve(HOST)));
    DomainPaths paths = paths(declared, facts);
    DomainDef domain = facts.session().isPresent() ? SessionRules.complete(declared) : declared;
    Plan start = StartCompiler.compile(domain, facts, paths);
    Plan stop =
        StopCompiler.compile(domain.name(), paths, Optional.empty(), StopCompiler.undos(start));
    return new Plans(start, stop);
  }

  private DomainDef definition() throws IOException {
    byte[] bytes = Files.readAllBytes(directory.resolve(DEFINITION));
    DomainDef domain = new DomainReader().read(XmlSource.of(DEFINITION, bytes)).orThrow();
    return domain.uuid().isPresent() ? domain : domain.withIdentity(IDENTITY);
  }

  private static DomainPaths paths(DomainDef domain, HostFacts facts) {
    if (facts.session().isEmpty()) {
      return new StateLayout(Path.of("/")).domain(domain.name());
    }
    DomainPaths paths = new StateLayout(SESSION).domain(domain.name());
    return facts.session().get().cgroup().map(paths::inCgroup).orElse(paths);
  }

  private static String config(Plan start) {
    return start.steps().stream()
        .filter(Step.WriteFile.class::isInstance)
        .map(Step.WriteFile.class::cast)
        .filter(write -> write.file().endsWith("bundle/config.json"))
        .map(Step.WriteFile::content)
        .findFirst()
        .orElseThrow();
  }
}
