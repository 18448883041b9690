// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Documents that do not go together, with the exact text people are shown: {@code
 * tests/golden/rejected-sets/RULE[.CASE]/*.xml} in the order of their names, and {@code
 * expected.txt}. {@code -Dgolden.update=true} writes the texts anew. What begins with {@code none}
 * goes together.
 */
class DefinitionSetTest {
  @TestFactory
  Stream<DynamicTest> eachIsRefusedInTheseWords() throws IOException {
    return list(Checkout.path("tests/golden/rejected-sets")).stream()
        .map(set -> DynamicTest.dynamicTest(set.getFileName().toString(), () -> check(set)));
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }

  private static void check(Path directory) throws IOException {
    String name = directory.getFileName().toString();
    DefinitionSet set = new DefinitionSet();
    for (Path file : list(directory)) {
      if (file.toString().endsWith(".xml")) {
        XmlSource source = XmlSource.of(file.getFileName().toString(), Files.readAllBytes(file));
        List<DefinitionSummary> summaries = new ArrayList<>();
        Reading<?> reading =
            new DocumentValidator().read(source, made -> summaries.add(made.get()));
        if (!name.startsWith("none.")) {
          assertEquals(List.of(), reading.faults(), "alone each of them is sound");
        }
        set.add(summaries.getFirst());
      }
    }
    String text = render(set);
    Path expected = directory.resolve("expected.txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, text);
    }
    assertEquals(Files.readString(expected), text);
    if (name.startsWith("none.")) {
      assertEquals("", text);
    } else {
      List<String> parts = List.of(name.split("\\.", -1));
      assertTrue(text.contains("[" + parts.get(0) + "." + parts.get(1) + "]"), text);
    }
  }

  private static String render(DefinitionSet set) {
    List<XmlFault> faults = new ArrayList<>();
    set.faults().forEach(faults::addAll);
    return FaultText.render(faults);
  }

  private static DefinitionSummary waiting(String name, String after) {
    Position at = new Position(1, 1);
    XmlFault.Excerpt none = XmlFault.Excerpt.NONE;
    return new DefinitionSummary(
        name + ".xml",
        DocumentKind.DOMAIN,
        List.of(
            new Claim(Claim.Role.NAME, name, at, none),
            new Claim(Claim.Role.AFTER, after, at, none)));
  }

  @Test
  void chainsAndCyclesOfThousands() {
    int length = 50_000;
    DefinitionSet chain = new DefinitionSet();
    DefinitionSet cycle = new DefinitionSet();
    for (int index = 0; index < length; index++) {
      cycle.add(waiting("d" + index, "d" + (index + 1) % length));
      chain.add(waiting("d" + index, "d" + Math.max(0, index - 1)));
    }
    assertEquals("", render(chain));
    List<List<XmlFault>> faults = cycle.faults();
    assertEquals(1, faults.stream().mapToInt(List::size).sum());
    assertEquals("set.after-cycle", faults.getLast().getFirst().rule());
  }

  /** Each inside of the one before, and all beside one another. */
  @Test
  void subnetsOfThousands() {
    DefinitionSet nested = new DefinitionSet();
    DefinitionSet beside = new DefinitionSet();
    for (int index = 0; index <= 128; index++) {
      nested.add(network("n" + index, "fd00::1/" + index));
    }
    for (int index = 0; index < 50_000; index++) {
      beside.add(network("n" + index, "fd00:%x:%x::1/48".formatted(index >> 16, index & 0xFFFF)));
    }
    assertEquals(128, nested.faults().stream().mapToInt(List::size).sum());
    assertEquals("", render(beside));
  }

  private static DefinitionSummary network(String name, String subnet) {
    Position at = new Position(1, 1);
    XmlFault.Excerpt none = XmlFault.Excerpt.NONE;
    return new DefinitionSummary(
        name + ".xml",
        DocumentKind.NETWORK,
        List.of(
            new Claim(Claim.Role.NAME, name, at, none),
            new Claim(Claim.Role.SUBNET, subnet, at, none)));
  }

  /** One alone breaks no rule of many, not even one that waits for a stranger. */
  @Test
  void oneIsNoSet() {
    DefinitionSet set = new DefinitionSet();
    set.add(waiting("web", "db"));
    assertEquals("", render(set));
    set.add(waiting("app", "web"));
    assertEquals(1, set.faults().getFirst().size());
    assertEquals(1, set.faults().getFirst().size(), "asked again it says the same");
  }

  @Test
  void ofOtherDocumentsThereIsNoSummary() {
    for (String text :
        List.of(
            "",
            "<project><name>web</name></project>",
            "<domain",
            "<domain><name>a</name>",
            "\u0000")) {
      XmlSource source = XmlSource.of("a.xml", text.getBytes(StandardCharsets.UTF_8));
      new DocumentValidator().read(source, made -> fail(text));
    }
  }
}
