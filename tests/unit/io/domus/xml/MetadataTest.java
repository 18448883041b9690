// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in {@code <metadata>} survives, and means the same where it ends up. */
class MetadataTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<a xmlns='urn:a'/>                 | <a xmlns='urn:a'/>",
        "<o:a/>                             | <o:a xmlns:o='urn:outer'/>",
        "<o:a><o:b o:c='1'/></o:a>          | <o:a xmlns:o='urn:outer'><o:b o:c='1'/></o:a>",
        "<a xmlns='urn:a'><b xmlns=''/></a> | <a xmlns='urn:a'><b xmlns=''/></a>",
        "<a xmlns='urn:a' o:x='1'/>         | <a xmlns='urn:a' xmlns:o='urn:outer' o:x='1'/>",
        "<a b=\"'&#10;&lt;\"/>              | <a b='&apos;&#10;&lt;'/>",
        "<a>&lt;&amp;&gt;</a>               | <a>&lt;&amp;&gt;</a>",
        "<a><![CDATA[<&]]></a>              | <a>&lt;&amp;</a>",
        "<a> x <!-- c --> <?p d?> </a>      | <a> x <!-- c --> <?p d?> </a>",
        "<a xml:space='preserve'> </a>      | <a xml:space='preserve'> </a>",
        "<name>not ours</name>              | <name>not ours</name>",
        "<!-- only -->                      | <!-- only -->",
        "''                                 | ",
      })
  void survives(String inner, String expected) {
    assertEquals(Optional.ofNullable(expected), read(inner));
    if (expected != null) {
      assertEquals(Optional.of(expected), read(expected));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"<a xmlns='urn:a'/>  <!-- c --><b xmlns='urn:b'/>"})
  void outermostElementsBeginLines(String inner) {
    String expected =
        String.join(
            MetadataText.SEPARATOR, "<a xmlns='urn:a'/>", "<!-- c -->", "<b xmlns='urn:b'/>");
    assertEquals(Optional.of(expected), read(inner));
    assertEquals(Optional.of(expected), read(expected));
  }

  private static Optional<String> read(String inner) {
    String xml =
        """
        <domain type='lxc' xmlns:o='urn:outer'>
          <name>web</name>
          <metadata>%s</metadata>
          <memory unit='MiB'>64</memory>
          <os><type>exe</type><init>/sbin/init</init></os>
          <devices><filesystem><source dir='/srv/web'/><target dir='/'/></filesystem></devices>
        </domain>
        """
            .formatted(inner);
    return new DomainReader()
        .read(XmlSource.of("web.xml", xml.getBytes(UTF_8)))
        .orThrow()
        .metadata();
  }
}
