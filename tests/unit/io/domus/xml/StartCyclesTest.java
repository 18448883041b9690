// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A definition that joins others: whether anybody then waits for himself. */
class StartCyclesTest {
  private final Map<String, XmlSource> stored = new HashMap<>();
  private final List<String> read = new ArrayList<>();

  private static XmlSource domain(String name, String... after) {
    StringBuilder text = new StringBuilder("<domain type='lxc'>\n<name>" + name + "</name>\n");
    text.append("<memory unit='MiB'>64</memory>\n<os><type>exe</type><init>/i</init></os>\n");
    text.append("<autostart>\n");
    for (String other : after) {
      text.append("  <after domain='").append(other).append("'/>\n");
    }
    text.append("</autostart>\n<devices><filesystem><source dir='/b'/><target dir='/'/>");
    text.append("</filesystem></devices></domain>\n");
    return XmlSource.of(name + ".xml", text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void store(String name, String... after) {
    stored.put(name, domain(name, after));
  }

  private List<String> faults(String name, String... after) {
    return StartCycles.faults(
            domain(name, after),
            other -> {
              read.add(other);
              return Optional.ofNullable(stored.get(other));
            })
        .stream()
        .map(fault -> fault.line() + ":" + fault.column() + ": " + fault.message())
        .toList();
  }

  @Test
  void aCycleIsToldAtItsLastMember() {
    store("a", "x", "b");
    store("b", "c");
    assertEquals(
        List.of(
            "8:10: waits for 'a' in a cycle: domain 'a' (a.xml:7) waits for 'b', domain 'b'"
                + " (b.xml:6) waits for 'c'"),
        faults("c", "nobody", "z", "a"));
  }

  @Test
  void nobodyWaitsForHimself() {
    store("a", "b");
    store("b");
    assertEquals(List.of(), faults("c", "a", "b"));
    assertEquals(List.of("a", "b"), read, "each is read once");
  }

  /** The stored one is replaced. */
  @Test
  void whatTheSameDomainSaidBeforeDoesNotCount() {
    store("a", "b");
    store("b", "a");
    assertEquals(List.of(), faults("b", "c"));
  }

  @Test
  void aWrongOneWaitsForNobody() {
    stored.put("a", XmlSource.of("a.xml", "<domain".getBytes(StandardCharsets.UTF_8)));
    assertEquals(List.of(), faults("b", "a"));
  }

  @Test
  void whoWaitsForNobodyIsFine() {
    store("a", "b");
    assertEquals(List.of(), faults("b"));
    assertEquals(List.of(), read, "nothing need be read for that");
  }
}
