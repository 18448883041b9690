// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.InvalidDefinitionException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

  @Test
  void whatWouldNotBeValidIsRefusedWithItsPlace() {
    String message =
        assertThrows(
                InvalidDefinitionException.class,
                () ->
                    apply(HEAD + END, new InterfaceEdit.Change.Add("<interface type='network'/>")))
            .getMessage();
    assertTrue(message.contains("a.xml (updated):8:5"), message);
    assertThrows(InvalidDefinitionException.class, () -> InterfaceEdit.fragment(source("<disk/>")));
  }
}
