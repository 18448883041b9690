// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.domain.DomainDef;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutostartFlagTest {
  private static Optional<Boolean> enabled(byte[] document) {
    return AutostartFlag.of(XmlSource.of("web.xml", document));
  }

  @ParameterizedTest
  @CsvSource({
    "<domain/>, false",
    "<domain><autostart/></domain>, false",
    "<domain><autostart enabled='yes'/></domain>, true",
    "<domain><autostart time='1' enabled=' &#121;es\t'><group/></autostart></domain>, true",
    "<domain><autostart enabled=\"no\"/></domain>, false",
    "<domain><autostart x:enabled='yes' xmlns:x='urn:x'/></domain>, false",
    "<domain><autostart xmlns='urn:x' enabled='yes'/></domain>, false",
    "<domain><metadata><autostart enabled='yes'/></metadata></domain>, false",
    "<domain><!-- <autostart enabled='yes'/> --></domain>, false",
    "<domain><title><![CDATA[<autostart enabled='yes'/>]]></title></domain>, false",
    "<<autostart, ",
    "<domain></domain >, false",
    "<domain><name>web</name>, ",
    "<domain><nam>web</name></domain>, false",
    "<domain><name>web</name></domai, ",
    "<domain><autostart enabled='yes'/>, ",
    "<domain><autostart enabled='maybe'/></domain>, ",
    "<domain><autostart enabeld='yes'/></domain>, ",
    "<domain><autostart priority='5' tiem='3'/></domain>, ",
    "<domain><autostrat enabled='yes'/></domain>, ",
    "<domain><autopsy xmlns='urn:x'/></domain>, false",
    "<domain><metadata><autopsy/></metadata></domain>, false",
    "'', ",
    "nothing, "
  })
  void whatIsSeen(String document, Boolean enabled) {
    assertEquals(Optional.ofNullable(enabled), enabled(document.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32BE", "ISO-8859-1", "IBM037", "Shift_JIS"})
  void whateverTheEncoding(String encoding) {
    String text = "<?xml version='1.0' encoding='%s'?><domain>%s</domain>";
    String element = "<autostart enabled='yes'/>";
    Charset charset = Charset.forName(encoding);
    assertEquals(Optional.of(true), enabled(text.formatted(encoding, element).getBytes(charset)));
    assertEquals(Optional.of(false), enabled(text.formatted(encoding, "").getBytes(charset)));
  }

  /** As the whole reading has it. */
  @Test
  void aGlanceIsRight() {
    for (long seed = 0; seed < 200; seed++) {
      DomainDef domain = GeneratedDomains.domain(seed);
      boolean autostart = domain.autostart().enabled();
      for (byte[] document :
          List.of(
              DecoratedDocument.of(domain, seed).before(),
              DomainWriter.write(domain).getBytes(UTF_8))) {
        assertEquals(Optional.of(autostart), enabled(document), "seed " + seed);
      }
    }
  }
}
