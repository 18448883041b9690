// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.Checkout;
import io.domus.domain.DomainDef;
import io.domus.xml.DomainReader;
import io.domus.xml.DomainWriter;
import io.domus.xml.Reading;
import io.domus.xml.XmlFault;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Configurations of LXC with the domains made of them, byte for byte: {@code
 * tests/golden/lxc/CASE}. {@code -Dgolden.update=true} writes the domains anew; read the difference
 * before you commit it.
 */
class GoldenConfigurationsTest {
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  /** What cannot be valid, because the configuration is not. */
  private static final Map<String, Set<String>> INVALID =
      Map.of("bad-values", Set.of("fs.no-root", "idmap.pair", "idmap.root"));

  @TestFactory
  Stream<DynamicNode> cases() throws IOException {
    assertFalse(UPDATE && "true".equals(System.getenv("CI")), "golden.update with CI=true");
    List<DynamicNode> nodes = new ArrayList<>();
    for (GoldenConfiguration golden : GoldenConfiguration.all(Checkout.path("tests/golden/lxc"))) {
      nodes.add(
          DynamicContainer.dynamicContainer(
              golden.name(),
              List.of(
                  DynamicTest.dynamicTest("files", () -> files(golden)),
                  DynamicTest.dynamicTest("valid", () -> valid(golden)),
                  DynamicTest.dynamicTest("round trip", () -> roundTrip(golden)))));
    }
    return nodes.stream();
  }

  private static void files(GoldenConfiguration golden) throws IOException {
    Map<String, String> outputs = golden.outputs();
    if (UPDATE) {
      for (Map.Entry<String, String> output : outputs.entrySet()) {
        Files.writeString(golden.directory().resolve(output.getKey()), output.getValue());
      }
    }
    Map<String, String> present = new TreeMap<>();
    for (String name : GoldenConfiguration.OUTPUTS) {
      Path file = golden.directory().resolve(name);
      present.put(name, Files.exists(file) ? Files.readString(file) : "");
    }
    assertEquals(outputs, present);
  }

  /** The XML reads as the very domain that was written. */
  private static void valid(GoldenConfiguration golden) throws IOException {
    String xml = golden.outputs().get("expected.xml");
    Reading<DomainDef> reading =
        new DomainReader().read(XmlSource.of("expected.xml", xml.getBytes(StandardCharsets.UTF_8)));
    Set<String> errors =
        reading.faults().stream()
            .filter(XmlFault::isError)
            .map(XmlFault::rule)
            .collect(Collectors.toSet());
    assertTrue(
        INVALID.getOrDefault(golden.name(), Set.of()).containsAll(errors),
        () -> reading.faults().toString());
    if (errors.isEmpty()) {
      assertEquals(xml, DomainWriter.write(reading.orThrow()));
    }
  }

  private static void roundTrip(GoldenConfiguration golden) throws IOException {
    RoundTrip.check(golden.conversion().domain(), golden.files());
  }
}
