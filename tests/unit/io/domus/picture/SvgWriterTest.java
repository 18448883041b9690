// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SvgWriterTest {
  /** All of SVG 1.1 that is used; none of it runs, or loads anything. */
  private static final Set<String> ELEMENTS =
      Set.of("svg", "title", "desc", "style", "g", "rect", "text", "polyline", "path", "circle");

  private static Document parse(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> elements(Document document) {
    NodeList nodes = document.getElementsByTagNameNS("*", "*");
    List<Element> elements = new ArrayList<>();
    for (int index = 0; index < nodes.getLength(); index++) {
      elements.add((Element) nodes.item(index));
    }
    return elements;
  }

  @Test
  void everyPictureIsWellFormedAndHarmless() throws Exception {
    for (Map.Entry<String, Drawing> entry : Documents.drawings().entrySet()) {
      String svg = SvgWriter.write(entry.getValue());
      Document document = parse(svg);
      Set<String> used = new TreeSet<>();
      for (Element element : elements(document)) {
        assertEquals("http://www.w3.org/2000/svg", element.getNamespaceURI());
        used.add(element.getLocalName());
        for (int index = 0; index < element.getAttributes().getLength(); index++) {
          String name = element.getAttributes().item(index).getNodeName();
          assertFalse(name.startsWith("on") || name.contains("href"), name);
        }
      }
      assertTrue(ELEMENTS.containsAll(used), entry.getKey() + ": " + used);
      assertFalse(svg.contains("url(") || svg.contains("@import"), entry.getKey());
    }
  }

  @Test
  void itSaysWhatItIs() throws Exception {
    Drawing drawing = new Drawing(10, 10, "a <title>", "all & more", List.of());
    Element root = parse(SvgWriter.write(drawing)).getDocumentElement();
    assertEquals("img", root.getAttribute("role"));
    assertEquals("title desc", root.getAttribute("aria-labelledby"));
    assertEquals("0 0 10 10", root.getAttribute("viewBox"));
    assertEquals("a <title>", root.getElementsByTagName("title").item(0).getTextContent());
    assertEquals("all & more", root.getElementsByTagName("desc").item(0).getTextContent());
  }

  @Test
  void whatIsShortenedCanBeRead() throws Exception {
    String path = "/srv/" + "a-long-name/".repeat(20) + "end";
    Canvas canvas = new Canvas();
    canvas.text(0, 20, 200, path, Face.BODY);
    Drawing drawing = new Drawing(300, 30, "", "", canvas.shapes());
    Element text = (Element) parse(SvgWriter.write(drawing)).getElementsByTagName("text").item(0);
    assertEquals(path, text.getFirstChild().getTextContent());
    assertTrue(text.getLastChild().getTextContent().contains("…"));
  }

  @Test
  void itIsTheSameEveryTime() throws IOException {
    Map<String, Drawing> again = Documents.drawings();
    for (Map.Entry<String, Drawing> entry : Documents.drawings().entrySet()) {
      assertEquals(SvgWriter.write(entry.getValue()), SvgWriter.write(again.get(entry.getKey())));
    }
  }
}
