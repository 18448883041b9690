// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainDef;
import io.domus.domain.InvalidDefinitionException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every byte but those asked for stays: encodings, line ends and shapes of documents. */
class DefinitionEditTest {
  private static final String DEVICES =
      "<devices><filesystem><source dir='/srv'/><target dir='/'/></filesystem></devices>";

  private static final String BODY =
      "<memory>65536</memory><os><type>exe</type><init>/init</init></os>";

  /**
   * An encoding as files have it.
   *
   * @param declared in the XML declaration; empty for none
   * @param odd characters that are longer than a byte in it, or unlike those of others
   */
  private record Encoding(String charset, boolean marked, String declared, String odd) {
    byte[] encode(String document) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      Charset encoder = Charset.forName(charset);
      if (marked) {
        bytes.writeBytes("\uFEFF".getBytes(encoder));
      }
      String declaration =
          declared.isEmpty() ? "" : "<?xml version=\"1.0\" encoding='" + declared + "'?>\n";
      bytes.writeBytes((declaration + document).replace("@odd@", odd).getBytes(encoder));
      return bytes.toByteArray();
    }

    @Override
    public String toString() {
      return charset + (marked ? " with mark" : "") + " declared '" + declared + "'";
    }
  }

  private static final List<Encoding> ENCODINGS =
      List.of(
          new Encoding("UTF-8", false, "", "üß日🐧"),
          new Encoding("UTF-8", true, "", "üß日🐧"),
          new Encoding("UTF-8", false, "utf-8", "🐧"),
          new Encoding("UTF-8", true, "UTF-8", "🐧"),
          new Encoding("UTF-16LE", true, "", "ü🐧"),
          new Encoding("UTF-16BE", true, "", "ü🐧"),
          new Encoding("UTF-16LE", true, "UTF-16", "\uFEFF日"),
          new Encoding("UTF-16BE", true, "UTF-16", "日"),
          new Encoding("UTF-16LE", false, "UTF-16LE", "日"),
          new Encoding("ISO-8859-1", false, "ISO-8859-1", "üÿ\u0085"),
          new Encoding("windows-1252", false, "windows-1252", "€„“"),
          new Encoding("ISO-8859-15", false, "iso-8859-15", "€"),
          new Encoding("US-ASCII", false, "US-ASCII", ""),
          new Encoding("Shift_JIS", false, "Shift_JIS", "表日本"),
          new Encoding("EUC-JP", false, "EUC-JP", "日本"),
          new Encoding("GB18030", false, "GB18030", "日ü🐧"),
          new Encoding("IBM037", false, "IBM037", "ü"));

  /**
   * A document before and after.
   *
   * @param before with line feeds
   */
  private record Shape(String label, String before, String after) {}

  private static String domain(String inside) {
    return "<domain type='lxc'>\n  <name>web</name>\n" + inside + "\n</domain>\n";
  }

  private static Shape shape(String label, String before, String after) {
    return new Shape(label, domain(before), domain(after));
  }

  private static List<Shape> marked() {
    String own = "  " + BODY + "\n  ";
    String added = "\n  <autostart enabled='yes'/>";
    return List.of(
        shape("whole element", own + DEVICES, own + DEVICES + added),
        shape(
            "before others of the end",
            own + DEVICES + "\n  <shutdown timeout='3'/>",
            own + DEVICES + added + "\n  <shutdown timeout='3'/>"),
        shape(
            "a remark on the devices stays with them",
            own + DEVICES + " <!-- @odd@ -->\t\n",
            own + DEVICES + " <!-- @odd@ -->" + added + "\t\n"),
        shape(
            "two remarks",
            own + DEVICES + "<!-- 1 --> <!-- 2 -->",
            own + DEVICES + "<!-- 1 --> <!-- 2 -->" + added),
        shape(
            "a remark of two lines",
            own + DEVICES + "<!-- 1\n -->",
            own + DEVICES + added + "<!-- 1\n -->"),
        shape(
            "a remark and an element",
            own + DEVICES + "<!-- 1 --><shutdown/>",
            own + DEVICES + added + "<!-- 1 --><shutdown/>"),
        shape(
            "tabs and blank lines",
            "\t" + BODY + "\n\n \t" + DEVICES + "\n\n",
            "\t" + BODY + "\n\n \t" + DEVICES + "\n \t<autostart enabled='yes'/>\n\n"),
        shape(
            "no indent",
            BODY + "\n" + DEVICES,
            BODY + "\n" + DEVICES + "\n<autostart enabled='yes'/>"),
        shape(
            "in the middle of a line",
            BODY + DEVICES + "<checkpoint/>",
            BODY + DEVICES + "<autostart enabled='yes'/><checkpoint/>"),
        new Shape(
            "one line, double quotes, a comment before the root",
            "<!-- <domain> @odd@ --><domain\ttype = \"lxc\"><name>web</name>"
                + BODY
                + DEVICES
                + "</domain>",
            "<!-- <domain> @odd@ --><domain\ttype = \"lxc\"><name>web</name>"
                + BODY
                + DEVICES
                + "<autostart enabled=\"yes\"/></domain>"),
        shape(
            "value",
            own + DEVICES + "<autostart time='3' enabled='no'/>",
            own + DEVICES + "<autostart time='3' enabled='yes'/>"),
        shape(
            "value with spaces, references and other quotes",
            own + "<autostart\n  enabled =\n\" n&#x6f; \"\ttime='3'\n/>" + DEVICES,
            own + "<autostart\n  enabled =\n\"yes\"\ttime='3'\n/>" + DEVICES),
        shape(
            "attribute",
            own + DEVICES + "<autostart priority=\"-1\"/>",
            own + DEVICES + "<autostart enabled=\"yes\" priority=\"-1\"/>"),
        shape(
            "attribute of an element with content",
            own
                + "<autostart\n><!-- <a enabled='no'/> --><group>a</group><!-- > --></autostart >"
                + DEVICES,
            own
                + "<autostart enabled='yes'\n"
                + "><!-- <a enabled='no'/> --><group>a</group><!-- > --></autostart >"
                + DEVICES),
        shape(
            "empty element",
            own + "<autostart/>" + DEVICES,
            own + "<autostart enabled='yes'/>" + DEVICES),
        shape(
            "look-alikes",
            own
                + "<!-- <autostart enabled='no'/> @odd@ --><?x <autostart enabled='no'?>\n"
                + "<description><![CDATA[<autostart"
                + " enabled='no'/></devices>@odd@]]>&#228;&amp;</description>\n"
                + "<metadata><autostart xmlns='urn:a' enabled='no'/><x:autostart xmlns:x='urn:b'"
                + " enabled='no'/></metadata>"
                + DEVICES
                + "<autostart  enabled='no'  />",
            own
                + "<!-- <autostart enabled='no'/> @odd@ --><?x <autostart enabled='no'?>\n"
                + "<description><![CDATA[<autostart"
                + " enabled='no'/></devices>@odd@]]>&#228;&amp;</description>\n"
                + "<metadata><autostart xmlns='urn:a' enabled='no'/><x:autostart xmlns:x='urn:b'"
                + " enabled='no'/></metadata>"
                + DEVICES
                + "<autostart  enabled='yes'  />"),
        shape(
            "look-alikes alone",
            "<metadata><a:autostart xmlns:a='urn:a' enabled='no'/></metadata>\n"
                + "<!-- <devices> -->\n"
                + " "
                + BODY
                + "\n   "
                + DEVICES,
            "<metadata><a:autostart xmlns:a='urn:a' enabled='no'/></metadata>\n"
                + "<!-- <devices> -->\n"
                + " "
                + BODY
                + "\n   "
                + DEVICES
                + "\n   <autostart enabled='yes'/>"));
  }

  private static List<Shape> unmarked() {
    return List.of(
        shape(
            "value",
            BODY + DEVICES + "<autostart enabled='yes'><group>g</group><!-- @odd@ --></autostart>",
            BODY + DEVICES + "<autostart enabled='no'><group>g</group><!-- @odd@ --></autostart>"),
        shape(
            "value in double quotes",
            BODY + "<autostart retry='1'\n enabled=\"yes\" >\n</autostart>" + DEVICES,
            BODY + "<autostart retry='1'\n enabled=\"no\" >\n</autostart>" + DEVICES));
  }

  /** The new name is {@code the-other}. */
  private static List<Shape> renamed() {
    List<Shape> shapes = new ArrayList<>();
    String[][] names = {
      {"web", "the-other"},
      {"  web\n\t", "  the-other\n\t"},
      {"w&#101;b", "the-other"},
      {"w&#x65;&#000098;", "the-other"},
      {"&#32;web&#x9;&#13;&#010;", "&#32;the-other&#x9;&#13;&#010;"},
      {"<![CDATA[web]]>", "<![CDATA[the-other]]>"},
      {" <![CDATA[ web\n]]>\n", " <![CDATA[ the-other\n]]>\n"},
      {"<![CDATA[]]>w<![CDATA[eb]]>", "<![CDATA[]]>the-other<![CDATA[]]>"},
      {"<!-- web @odd@ -->web<?web?>", "<!-- web @odd@ -->the-other<?web?>"},
      {"w<!-- web -->e<!---->b", "the-other<!-- web --><!---->"},
    };
    for (String[] name : names) {
      shapes.add(nameShape(name[0], name[1]));
    }
    return shapes;
  }

  private static Shape nameShape(String before, String after) {
    String text =
        "<domain type='lxc'>\n"
            + "<metadata><name xmlns='urn:a'>web</name></metadata><title>web @odd@</title><!--"
            + " <name>web</name> -->\n"
            + "<name >%s</name\n"
            + ">"
            + BODY
            + "<devices><filesystem><source dir='/srv/web'/><target"
            + " dir='/'/></filesystem></devices><autostart><after"
            + " domain='web2'/></autostart></domain>";
    return new Shape(before, text.formatted(before), text.formatted(after));
  }

  /** What is done to a document. */
  private interface Edit {
    byte[] apply(byte[] document);
  }

  private static byte[] autostart(byte[] document, boolean enabled) {
    return DefinitionEdit.autostart(XmlSource.of("web.xml", document), enabled)
        .orElseThrow()
        .bytes();
  }

  private static byte[] rename(byte[] document) {
    return DefinitionEdit.name(XmlSource.of("web.xml", document), "the-other").bytes();
  }

  @TestFactory
  Stream<DynamicTest> marking() {
    return tests(marked(), document -> autostart(document, true));
  }

  @TestFactory
  Stream<DynamicTest> unmarking() {
    return tests(unmarked(), document -> autostart(document, false));
  }

  @TestFactory
  Stream<DynamicTest> renaming() {
    return tests(renamed(), DefinitionEditTest::rename);
  }

  private static Stream<DynamicTest> tests(List<Shape> shapes, Edit edit) {
    return ENCODINGS.stream()
        .flatMap(
            encoding ->
                shapes.stream()
                    .map(
                        shape ->
                            DynamicTest.dynamicTest(
                                encoding + ": " + shape.label().replace("\n", "/"),
                                () -> inAllLineEnds(encoding, shape, edit))));
  }

  private static void inAllLineEnds(Encoding encoding, Shape shape, Edit edit) {
    for (String end : List.of("\n", "\r\n", "\r")) {
      byte[] before = encoding.encode(shape.before().replace("\n", end));
      byte[] after = encoding.encode(shape.after().replace("\n", end));
      byte[] copy = before.clone();
      assertArrayEquals(after, edit.apply(before), () -> new String(edit.apply(before), UTF_8));
      assertArrayEquals(copy, before);
    }
  }

  @Test
  void whatIsSoAlreadyIsLeft() {
    for (Shape shape : marked()) {
      XmlSource before = XmlSource.of("web.xml", shape.before().getBytes(UTF_8));
      XmlSource after = XmlSource.of("web.xml", shape.after().getBytes(UTF_8));
      assertEquals(Optional.empty(), DefinitionEdit.autostart(before, false), shape.label());
      assertEquals(Optional.empty(), DefinitionEdit.autostart(after, true), shape.label());
    }
  }

  /** Back and forth is the same document again, once the element is there. */
  @Test
  void thereAndBack() {
    for (Shape shape : marked()) {
      byte[] on = shape.after().getBytes(UTF_8);
      assertArrayEquals(on, autostart(autostart(on, false), true), shape.label());
    }
  }

  @ParameterizedTest
  @CsvSource({"'\n', 5", "'\r\n', 5", "'\r', 5", "' ', 1"})
  void theLineThatIsNew(String end, int line) {
    String text = domain("  " + BODY + "\n  " + DEVICES).replace("\n", end);
    DefinitionEdit.Edited edited =
        DefinitionEdit.autostart(XmlSource.of("web.xml", text.getBytes(UTF_8)), true).orElseThrow();
    assertEquals(line, edited.line());
    assertTrue(edited.text().contains("<autostart enabled='yes'/>"), edited.text());
    DefinitionEdit.Edited renamed =
        DefinitionEdit.name(XmlSource.of("web.xml", text.getBytes(UTF_8)), "x");
    assertEquals(line == 1 ? 1 : 2, renamed.line());
    assertTrue(renamed.text().contains("<name>x</name>"), renamed.text());
  }

  /** A change that the rules refuse is refused with its place. */
  @Test
  void whatWouldNotBeValid() {
    String text = domain(BODY + DEVICES + "<autostart><after domain='db'/></autostart>");
    XmlSource source = XmlSource.of("web.xml", text.getBytes(UTF_8));
    InvalidDefinitionException refused =
        assertThrows(InvalidDefinitionException.class, () -> DefinitionEdit.name(source, "db"));
    assertTrue(
        refused.getMessage().startsWith("web.xml:3:") && refused.getMessage().contains("after"),
        refused.getMessage());
    XmlSource broken = XmlSource.of("web.xml", text.replace("</os>", "").getBytes(UTF_8));
    assertThrows(InvalidDefinitionException.class, () -> DefinitionEdit.autostart(broken, true));
  }

  /** An encoding with shifts: either it is done right, or it is refused. */
  @Test
  void shiftedText() {
    Charset shifted = Charset.forName("ISO-2022-JP");
    String text =
        "<?xml version='1.0' encoding='ISO-2022-JP'?>\n"
            + domain("<title>日本</title>" + BODY + DEVICES + "<!-- 日本 -->");
    byte[] bytes = autostart(text.getBytes(shifted), true);
    assertEquals(
        text.replace("</devices>", "</devices><autostart enabled='yes'/>"),
        new String(bytes, shifted));
  }

  @Test
  void nothingElseIsSaid() {
    for (long seed = 0; seed < 300; seed++) {
      DomainDef domain = GeneratedDomains.domain(seed);
      DecoratedDocument document = DecoratedDocument.of(domain, seed);
      byte[] before = document.before();
      boolean wanted = !domain.autostart().enabled();
      String label = "seed " + seed;
      assertArrayEquals(document.afterAutostart(), autostart(before, wanted), label);
      assertArrayEquals(
          document.afterName("the-other"),
          DefinitionEdit.name(XmlSource.of("web.xml", before), "the-other").bytes(),
          label);
    }
  }
}
