// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes a drawing as SVG 1.1: one file that needs no other, without scripts, in the colours that
 * whoever looks prefers.
 */
final class SvgWriter {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private final XMLStreamWriter xml;

  private SvgWriter(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static String write(Drawing drawing) {
    StringWriter text = new StringWriter();
    try {
      // Not the one that happens to be on the class path: what is written is to be the same.
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      new SvgWriter(xml).document(drawing);
      xml.close();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
    return text.toString();
  }

  private void document(Drawing drawing) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    line();
    xml.writeStartElement("svg");
    xml.writeDefaultNamespace(NAMESPACE);
    attribute("version", "1.1");
    attribute("width", drawing.width());
    attribute("height", drawing.height());
    attribute("viewBox", "0 0 " + drawing.width() + " " + drawing.height());
    attribute("role", "img");
    attribute("aria-labelledby", "title desc");
    // Names may have several spaces in a row.
    xml.writeAttribute("xml:space", "preserve");
    line();
    text("title", "title", drawing.title());
    text("desc", "desc", drawing.description());
    xml.writeStartElement("style");
    attribute("type", "text/css");
    xml.writeCharacters(StyleSheet.TEXT);
    xml.writeEndElement();
    line();
    for (Shape shape : drawing.shapes()) {
      shape(shape);
    }
    xml.writeEndElement();
    line();
    xml.writeEndDocument();
  }

  private void text(String element, String id, String content) throws XMLStreamException {
    xml.writeStartElement(element);
    if (!id.isEmpty()) {
      attribute("id", id);
    }
    xml.writeCharacters(PlainText.of(content));
    xml.writeEndElement();
    line();
  }

  private void shape(Shape shape) throws XMLStreamException {
    switch (shape) {
      case Shape.Group group -> {
        xml.writeStartElement("g");
        line();
        text("title", "", group.title());
        for (Shape part : group.shapes()) {
          shape(part);
        }
        xml.writeEndElement();
      }
      case Shape.Box box -> box(box);
      case Shape.Label label -> label(label);
      case Shape.Line line -> {
        xml.writeEmptyElement("polyline");
        style(line.tone().word(), "line", line.dashed() ? "dashed" : "");
        attribute("points", points(line.corners()));
      }
      case Shape.Curve curve -> {
        xml.writeEmptyElement("path");
        style(curve.tone().word(), "line", curve.dashed() ? "dashed" : "");
        attribute("d", path(curve));
      }
      case Shape.Dot dot -> {
        xml.writeEmptyElement("circle");
        style(dot.tone().word(), dot.filled() ? "" : "ring");
        attribute("cx", dot.x());
        attribute("cy", dot.y());
        attribute("r", dot.radius());
      }
    }
    line();
  }

  private void box(Shape.Box box) throws XMLStreamException {
    xml.writeEmptyElement("rect");
    style(box.tone().word(), box.dashed() ? "dashed" : "");
    area(box.area());
    attribute("rx", box.radius());
  }

  private void area(Area area) throws XMLStreamException {
    attribute("x", area.x());
    attribute("y", area.y());
    attribute("width", area.width());
    attribute("height", area.height());
  }

  /** Text that may come from any font is cut off where its room ends, whatever the font has. */
  private void label(Shape.Label label) throws XMLStreamException {
    boolean cut = !label.text().usual();
    if (cut) {
      xml.writeStartElement("svg");
      area(label.area());
    }
    xml.writeStartElement("text");
    style(label.face().word(), label.muted() ? "muted" : "");
    attribute("x", cut ? 0 : label.x());
    attribute("y", cut ? label.face().size() : label.y());
    if (label.text().shortened()) {
      xml.writeStartElement("title");
      xml.writeCharacters(label.text().full());
      xml.writeEndElement();
    }
    xml.writeCharacters(label.text().shown());
    xml.writeEndElement();
    if (cut) {
      xml.writeEndElement();
    }
  }

  private static String points(List<Integer> corners) {
    List<String> points = new ArrayList<>();
    for (int index = 0; index < corners.size(); index += 2) {
      points.add(corners.get(index) + "," + corners.get(index + 1));
    }
    return String.join(" ", points);
  }

  private static String path(Shape.Curve curve) {
    int middle = (curve.fromX() + curve.toX()) / 2;
    return "M%d %dC%d %d %d %d %d %d"
        .formatted(
            curve.fromX(),
            curve.fromY(),
            middle,
            curve.fromY(),
            middle,
            curve.toY(),
            curve.toX(),
            curve.toY());
  }

  private void style(String... classes) throws XMLStreamException {
    attribute("class", String.join(" ", classes).strip().replaceAll(" +", " "));
  }

  private void attribute(String name, int value) throws XMLStreamException {
    attribute(name, Integer.toString(value));
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, value);
  }

  private void line() throws XMLStreamException {
    xml.writeCharacters("\n");
  }
}
