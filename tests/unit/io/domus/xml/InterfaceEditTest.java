// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainDef;
import io.domus.domain.GuestMac;
import io.domus.domain.InvalidDefinitionException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterfaceEditTest {
  private static final String HEAD =
      """
      <?xml version="1.0"?>
      <!-- mine -->
      <domain type="lxc">
        <name>a</name><memory>1</memory>
        <os><type>exe</type><init>/i</init></os>
        <devices>
          <filesystem><source dir="/s"/><target dir="/"/></filesystem>
      """;
  private static final String FIRST =
      """
          <interface type="network">  <!-- the first -->
            <source network="a"/>
          </interface>
      """;
  private static final String SECOND = "    <interface type='ethernet'/>\n";
  private static final String END = "  </devices>\n</domain>\n";

  private static XmlSource source(String text) {
    return XmlSource.of("a.xml", text.getBytes(StandardCharsets.UTF_8));
  }

  private static String apply(String text, InterfaceEdit.Change change) {
    return new String(InterfaceEdit.apply(source(text), change), StandardCharsets.UTF_8);
  }

  @Test
  void oneIsAddedBehindTheOthers() {
    String xml = "<interface type='bridge'>\n  <source bridge='br0'/>\n</interface>";
    String indented =
        "    <interface type='bridge'>\n      <source bridge='br0'/>\n    </interface>\n";
    assertEquals(
        HEAD + FIRST + indented + END,
        apply(HEAD + FIRST + END, new InterfaceEdit.Change.Add(xml)));
    assertEquals(HEAD + indented + END, apply(HEAD + END, new InterfaceEdit.Change.Add(xml)));
  }

  @Test
  void oneGoesWithItsLine() {
    String both = HEAD + FIRST + SECOND + END;
    assertEquals(HEAD + SECOND + END, apply(both, new InterfaceEdit.Change.Remove(0)));
    assertEquals(HEAD + FIRST + END, apply(both, new InterfaceEdit.Change.Remove(1)));
  }

  private static DomainDef complete(String text, UUID owner) {
    return GuestMac.complete(new DomainReader().read(source(text)).orThrow().withIdentity(owner));
  }

  private static List<String> macs(String text, UUID owner) {
    return complete(text, owner).interfaces().stream()
        .map(each -> each.mac().orElseThrow())
        .toList();
  }

  /** In the order in which they come, of three that lead to one network and one that does not. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "2", "3", "0 0", "0 1", "1 1", "0 0 0", "2 0 1"})
  void thoseThatStayKeepTheirAddresses(String removed) {
    UUID owner = UUID.fromString("00000000-0000-4000-8000-000000000001");
    String third = FIRST.replace("first", "third");
    String text = HEAD + FIRST + FIRST.replace("first", "second") + SECOND + third + END;
    List<String> expected = new ArrayList<>(macs(text, owner));
    for (String index : removed.split(" ")) {
      InterfaceEdit.Change change = new InterfaceEdit.Change.Remove(Integer.parseInt(index));
      byte[] bytes = InterfaceEdit.keeping(source(text), change, complete(text, owner));
      text = new String(bytes, StandardCharsets.UTF_8);
      expected.remove(Integer.parseInt(index));
      assertEquals(expected, macs(text, owner), text);
    }
    InterfaceEdit.Change more =
        new InterfaceEdit.Change.Add("<interface type='network'><source network='a'/></interface>");
    byte[] bytes = InterfaceEdit.keeping(source(text), more, complete(text, owner));
    List<String> all = macs(new String(bytes, StandardCharsets.UTF_8), owner);
    assertEquals(expected, all.subList(0, expected.size()));
    assertEquals(all.size(), Set.copyOf(all).size());
  }

  /** What does not change needs not be said. */
  @Test
  void onlyWhatWouldChangeIsWrittenDown() {
    String text = HEAD + FIRST + SECOND + END;
    byte[] bytes =
        InterfaceEdit.keeping(
            source(text), new InterfaceEdit.Change.Remove(0), complete(text, UUID.randomUUID()));
    assertEquals(HEAD + SECOND + END, new String(bytes, StandardCharsets.UTF_8));
  }

  @Test
  void anElementIsSetAndRemoved() {
    InterfaceEdit.Change down =
        new InterfaceEdit.Change.Child(0, "link", Optional.of("<link state='down'/>"));
    String with =
        HEAD + FIRST.replace("</interface>", "  <link state='down'/>\n    </interface>") + END;
    assertEquals(with, apply(HEAD + FIRST + END, down));
    assertEquals(with, apply(with, down));
    assertEquals(
        HEAD + FIRST + END,
        apply(with, new InterfaceEdit.Change.Child(0, "link", Optional.empty())));
    assertEquals(
        HEAD + FIRST + END,
        apply(HEAD + FIRST + END, new InterfaceEdit.Change.Child(0, "link", Optional.empty())));
    assertEquals(
        HEAD
            + "    <interface type='ethernet'>\n      <link state='down'/>\n    </interface>\n"
            + END,
        apply(HEAD + SECOND + END, down));
  }

  @Test
  void anotherTakesItsPlace() {
    assertEquals(
        HEAD + SECOND + END,
        apply(
            HEAD + FIRST + END,
            new InterfaceEdit.Change.Replace(0, "<interface type='ethernet'/>")));
  }

  /** In the document that was given, which is all that whoever gave it knows. */
  @Test
  void aFaultIsToldWhereItWasGiven() {
    XmlSource given =
        XmlSource.of(
            "dev.xml",
            "<!-- new -->\n  <interface type='network'><sorce network='u'/></interface>\n"
                .getBytes(StandardCharsets.UTF_8));
    String xml = InterfaceEdit.fragment(given);
    String message =
        assertThrows(
                InvalidDefinitionException.class,
                () ->
                    apply(
                        HEAD + FIRST + END,
                        new InterfaceEdit.Change.Replace(0, xml, Optional.of(given))))
            .getMessage();
    assertTrue(message.startsWith("dev.xml:2:29: error: unknown element <sorce>"), message);
    assertTrue(message.contains("\n  <interface type='network'><sorce"), message);
  }

  @Test
  void whatWouldNotBeValidIsRefusedWithoutAPlaceThatNobodyKnows() {
    String message =
        assertThrows(
                InvalidDefinitionException.class,
                () ->
                    apply(HEAD + END, new InterfaceEdit.Change.Add("<interface type='network'/>")))
            .getMessage();
    assertTrue(message.startsWith("a.xml (updated): error: "), message);
    assertFalse(message.contains("<interface type='network'/>\n"), message);
    assertThrows(InvalidDefinitionException.class, () -> InterfaceEdit.fragment(source("<disk/>")));
  }
}
