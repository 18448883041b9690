// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.domain.Autostart;
import io.domus.domain.DomainDef;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutostartGlanceTest {
  private static Optional<AutostartGlance> at(byte[] document) {
    return AutostartGlance.at(XmlSource.of("web.xml", document));
  }

  private static Optional<Boolean> enabled(String document) {
    return at(document.getBytes(StandardCharsets.UTF_8)).map(AutostartGlance::enabled);
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
    "<domain><autostart enabled='yes'/>, ",
    "<domain><autostart enabled='maybe'/></domain>, ",
    "'', ",
    "nothing, "
  })
  void whatIsSeen(String document, Boolean enabled) {
    assertEquals(Optional.ofNullable(enabled), enabled(document));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32BE", "ISO-8859-1", "IBM037", "Shift_JIS"})
  void whateverTheEncoding(String encoding) {
    String text = "<?xml version='1.0' encoding='%s'?><domain>%s</domain>";
    String element = "<autostart enabled='yes'/>";
    Charset charset = Charset.forName(encoding);
    assertEquals(
        Optional.of(true),
        at(text.formatted(encoding, element).getBytes(charset)).map(AutostartGlance::enabled));
    assertEquals(
        Optional.of(false),
        at(text.formatted(encoding, "").getBytes(charset)).map(AutostartGlance::enabled));
  }

  @Test
  void whatItWaitsFor() {
    String document =
        "<domain>\n<autostart>\n<after domain='db'/>\n\n<after domain=' a '/><after/></autostart>"
            + "<metadata><after domain='no'/></metadata></domain>";
    assertEquals(
        List.of(new AutostartGlance.After("db", 3), new AutostartGlance.After("a", 5)),
        at(document.getBytes(StandardCharsets.UTF_8)).orElseThrow().after());
  }

  /** As the whole reading has it. */
  @Test
  void aGlanceIsRight() {
    for (long seed = 0; seed < 200; seed++) {
      DomainDef domain = GeneratedDomains.domain(seed);
      Autostart autostart = domain.autostart();
      for (byte[] document :
          List.of(
              DecoratedDocument.of(domain, seed).before(),
              DomainWriter.write(domain).getBytes(StandardCharsets.UTF_8))) {
        AutostartGlance glance = at(document).orElseThrow();
        assertEquals(autostart.enabled(), glance.enabled(), "seed " + seed);
        assertEquals(
            autostart.after(), glance.after().stream().map(AutostartGlance.After::domain).toList());
      }
    }
  }
}
