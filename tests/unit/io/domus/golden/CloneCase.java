// SPDX-License-Identifier: Apache-2.0
package io.domus.golden;

import io.domus.compiler.CloneCompiler;
import io.domus.compiler.CloneOrder;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.plan.PlanJson;
import io.domus.plan.PlanShell;
import io.domus.plan.PlanText;
import io.domus.store.StateLayout;
import io.domus.xml.DomainReader;
import io.domus.xml.DomainWriter;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A directory of {@code tests/golden/clone}: a domain, a host and an order, and the clone. */
record CloneCase(Path directory) {
  static final String DEFINITION = "domain.xml";
  static final String HOST = "host.facts";
  static final String ORDER = "order";
  static final Set<String> INPUTS = Set.of(DEFINITION, HOST, ORDER);

  private static final String CLONE = "b";

  String name() {
    return directory.getFileName().toString();
  }

  /** File names with what should be in them; a refused order has {@code refused} alone. */
  Map<String, String> outputs() throws IOException {
    Map<String, String> outputs = new TreeMap<>();
    byte[] bytes = Files.readAllBytes(directory.resolve(DEFINITION));
    DomainDef domain = new DomainReader().read(XmlSource.of(DEFINITION, bytes)).orThrow();
    CloneOrder order =
        CloneOrderText.parse(domain, CLONE, Files.readString(directory.resolve(ORDER)));
    DomainPaths paths = new StateLayout(Path.of("/")).domain(CLONE);
    try {
      CloneCompiler.Result result =
          CloneCompiler.compile(
              order,
              HostFactsText.parse(Files.readString(directory.resolve(HOST))),
              paths,
              CloneCompiler.stored(order, paths));
      outputs.put("clone.plan", PlanText.render(result.plan()));
      outputs.put("clone.json", PlanJson.render(result.plan()));
      outputs.put("clone.sh", PlanShell.render(result.plan()));
      outputs.put("clone.xml", DomainWriter.write(result.definition()));
    } catch (ConfigUnsupportedException refused) {
      outputs.put("refused", refused.getMessage() + "\n");
    }
    return outputs;
  }
}
