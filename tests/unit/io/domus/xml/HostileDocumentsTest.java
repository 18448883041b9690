// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents made to hurt: they are refused at once, and nothing outside them is looked at. */
class HostileDocumentsTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(2);
  private static final String HEAD =
      """
      <domain type='lxc'>
        <name>web</name>
        <memory unit='MiB'>512</memory>
        <os><type>exe</type><init>/sbin/init</init></os>
        <devices>
      """;
  private static final String TAIL = "</devices></domain>";
  private static final String ROOT =
      "<filesystem type='mount'><source dir='/srv/web'/><target dir='/'/></filesystem>";

  private static Reading<DomainDef> read(String xml) {
    return new DomainReader().read(XmlSource.of("web.xml", xml.getBytes(UTF_8)));
  }

  private static List<String> rules(Reading<DomainDef> reading) {
    assertInstanceOf(Reading.Invalid.class, reading);
    return reading.faults().stream().map(XmlFault::rule).toList();
  }

  /** Overlays in one another, the innermost on a directory. */
  private static String nested(int depth) {
    StringBuilder xml = new StringBuilder(HEAD).append("<filesystem type='overlay'>");
    for (int level = 0; level < depth; level++) {
      xml.append("<source dir='/u%d'/><source dir='/w%d'/>".formatted(level, level));
      xml.append("<backingStore type='" + (level == depth - 1 ? "dir" : "overlay") + "'>");
    }
    xml.append("<target dir='/base'/>").append("</backingStore>".repeat(depth));
    return xml.append("<target dir='/'/></filesystem>").append(TAIL).toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40, 100, 250})
  void deepChainsAreRead(int depth) {
    DomainDef domain = read(nested(depth)).orThrow();
    Filesystem.Overlay root = assertInstanceOf(Filesystem.Overlay.class, domain.root());
    assertEquals(1, root.chain().lowers().size());
    DomainDef back = read(DomainWriter.write(domain)).orThrow();
    assertEquals(WithoutOrigins.of(domain), WithoutOrigins.of(back));
  }

  @Test
  void chainsOfStoresInOneAnotherAreLowersOfOneOverlay() {
    StringBuilder xml = new StringBuilder(HEAD).append("<filesystem type='overlay'><readonly/>");
    for (int level = 0; level < 250; level++) {
      xml.append("<backingStore type='dir'><source dir='/l" + level + "'/>");
    }
    xml.append("<backingStore/>").append("</backingStore>".repeat(250));
    xml.append("<target dir='/'/></filesystem>").append(TAIL);
    Filesystem.Overlay root =
        assertInstanceOf(Filesystem.Overlay.class, read(xml.toString()).orThrow().root());
    assertEquals(250, root.chain().lowers().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {257, 10_000, 25_000})
  void tooDeepIsRefused(int depth) {
    Reading<DomainDef> reading = assertTimeout(AT_ONCE, () -> read(nested(depth)));
    assertTrue(rules(reading).contains("xml.too-deep"), () -> rules(reading).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<metadata>", "<graphics>", "<bogus>", "<x:y xmlns:x='urn:x'>"})
  void tooDeepIsRefusedWhereverItIs(String tag) {
    String parent = tag.startsWith("<g") ? HEAD : "<domain type='lxc'>";
    String xml = parent + tag + "<a>".repeat(100_000);
    Reading<DomainDef> reading = assertTimeout(AT_ONCE, () -> read(xml));
    assertTrue(rules(reading).contains("xml.too-deep"), () -> rules(reading).toString());
  }

  /** A stream that never ends would do as well: no more is read than shows that it is too much. */
  @Test
  void tooLargeIsRefusedUnread() throws IOException {
    Endless stream = new Endless(100L << 20);
    XmlSource source = XmlSource.read("web.xml", stream);
    Reading<DomainDef> reading = assertTimeout(AT_ONCE, () -> new DomainReader().read(source));
    assertEquals(
        "web.xml:1:1: error: more than 4 MiB of XML [xml.too-large]\n",
        FaultText.render(reading.faults()));
    assertTrue(stream.read <= XmlSource.LIMIT + 1, () -> stream.read + " bytes read");
  }

  @Test
  void asLargeAsAllowedIsRead() {
    String comment = "<!--" + "x".repeat(XmlSource.LIMIT - HEAD.length() - 200) + "-->";
    assertInstanceOf(Reading.Valid.class, read(HEAD + ROOT + comment + TAIL));
  }

  @Test
  void tooLongAnAttributeIsRefused() {
    String path = "/" + "x".repeat(XmlInput.MAX_ATTRIBUTE_LENGTH + 1);
    Reading<DomainDef> reading =
        assertTimeout(
            AT_ONCE,
            () ->
                read(HEAD + "<filesystem><source dir='" + path + "'/></filesystem>" + ROOT + TAIL));
    assertEquals(List.of("xml.attribute-too-long"), rules(reading));
    assertTrue(FaultText.render(reading.faults()).length() < 500, "the text is short");
  }

  @Test
  void aDocumentOfFaultsIsCutShort() {
    String bad = "<filesystem bad='x'/>".repeat(20_000);
    Reading<DomainDef> reading = assertTimeout(AT_ONCE, () -> read(HEAD + bad + ROOT + TAIL));
    assertEquals(Faults.LIMIT + 1, reading.faults().size());
    assertTrue(rules(reading).contains("xml.too-many-faults"));
    assertTrue(FaultText.render(reading.faults()).length() < 300_000, "the text is bounded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE d [<!ENTITY x SYSTEM '%s'>]><domain type='lxc'><title>&x;</title></domain>",
        "<!DOCTYPE d [<!ENTITY %% x SYSTEM '%s'> %%x;]><domain type='lxc'/>",
        "<!DOCTYPE d SYSTEM '%s'><domain type='lxc'/>",
        "<!DOCTYPE d PUBLIC 'x' '%s'><domain type='lxc'/>",
      })
  void nothingIsFetched(String document, @TempDir Path directory) throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "<!ENTITY x 'told'>");
    Reading<DomainDef> reading = read(document.formatted(secret.toUri()));
    assertEquals(List.of("xml.doctype"), rules(reading));
  }

  @Test
  void inclusionsAndSchemaHintsAreInert() {
    String include =
        "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/passwd' parse='text'/>";
    assertEquals(List.of("schema.namespace"), rules(read(HEAD + include + ROOT + TAIL)));
    String hint =
        "<domain type='lxc' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
            + " xsi:noNamespaceSchemaLocation='file:///etc/passwd'>";
    String xml = (HEAD + ROOT + TAIL).replace("<domain type='lxc'>", hint);
    assertInstanceOf(Reading.Valid.class, read(xml));
  }

  @Test
  void metadataMayIncludeInNameOnly() {
    String metadata =
        "<metadata><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/passwd'/>"
            + "</metadata>";
    DomainDef domain = read((HEAD + ROOT + TAIL).replace("<os>", metadata + "<os>")).orThrow();
    assertEquals(
        "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/passwd'/>",
        domain.metadata().orElseThrow());
  }

  /** Opening tags without end. */
  private static final class Endless extends InputStream {
    private final long size;
    private long read;

    Endless(long size) {
      this.size = size;
    }

    @Override
    public int read() {
      return read >= size ? -1 : "<a>".charAt((int) (read++ % 3));
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      int count = (int) Math.min(length, size - read);
      for (int index = 0; index < count; index++) {
        bytes[offset + index] = (byte) read();
      }
      return count == 0 && length > 0 ? -1 : count;
    }
  }
}
