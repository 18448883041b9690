// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What messages offer is not refused for itself, and all that they do not offer is. */
class OfferedValuesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "interfaceType | net.type | <interface type='%s'/>",
        "directMode | net.mode | <interface type='direct'><source dev='a' mode='%s'/></interface>",
        "filesystemType | fs.unsupported-type | <filesystem type='%s'><target dir='/x'/>"
            + "</filesystem>",
        "consoleType | console.type | <console type='%s'/>",
      })
  void areThoseThatNoRuleRefuses(String name, String rule, String device) {
    SchemaModel.Type type = SchemaModel.of(DocumentKind.DOMAIN).types().get(name);
    List<String> offered = OfferedValues.of(type);
    assertFalse(offered.isEmpty());
    for (String value : type.values()) {
      boolean refused =
          faults(device.formatted(value)).stream().anyMatch(fault -> fault.rule().equals(rule));
      assertEquals(!offered.contains(value), refused, name + " " + value);
    }
  }

  private static List<XmlFault> faults(String device) {
    String text =
        "<domain type='lxc'><name>a</name><memory>65536</memory><os><type>exe</type><init>/i"
            + "</init></os><devices><filesystem><source dir='/s'/><target dir='/'/></filesystem>"
            + device
            + "</devices></domain>";
    return new DomainReader()
        .read(XmlSource.of("a.xml", text.getBytes(StandardCharsets.UTF_8)))
        .faults();
  }
}
