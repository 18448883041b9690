// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;

/**
 * Copies what is inside {@code <metadata>} as text that means the same anywhere: every namespace
 * prefix it uses is declared in it. Elements, comments and processing instructions stay; only the
 * white space between the outermost ones becomes ours.
 */
final class MetadataText {
  /** What stands between two outermost elements: each begins a line, indented. */
  static final String SEPARATOR = "\n    ";

  /** Moves the reader on; the argument is the number of elements open in {@code <metadata>}. */
  @FunctionalInterface
  interface Advance {
    int next(int depth) throws XMLStreamException;
  }

  private final Advance advance;
  private final XMLStreamReader2 reader;
  private final Faults faults;
  private final StringBuilder text = new StringBuilder();
  private final Map<String, Position> namespaces = new HashMap<>();

  MetadataText(Advance advance, XMLStreamReader2 reader, Faults faults) {
    this.advance = advance;
    this.reader = reader;
    this.faults = faults;
  }

  /**
   * Leaves the reader on the end tag of {@code <metadata>}.
   *
   * @param once whether a second element of one namespace is an error
   */
  String read(boolean once) throws XMLStreamException {
    while (true) {
      switch (advance.next(1)) {
        case XMLStreamConstants.START_ELEMENT -> {
          separate();
          if (once) {
            namespace(reader.getNamespaceURI());
          }
          element(1, Map.of("", "", "xml", XMLConstants.XML_NS_URI));
        }
        case XMLStreamConstants.END_ELEMENT -> {
          return text.toString();
        }
        case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {
          separate();
          other();
        }
        default -> {
          if (reader.hasText() && !reader.getText().isBlank()) {
            faults.error("schema.text", here(), "text in <metadata>, which holds only elements");
          }
        }
      }
    }
  }

  /** Copies the element on whose start tag the reader stands; leaves it on the end tag. */
  String whole() throws XMLStreamException {
    element(0, Map.of("", "", "xml", XMLConstants.XML_NS_URI));
    return text.toString();
  }

  private Position here() {
    var location = reader.getLocationInfo().getStartLocation();
    return faults
        .text()
        .firstText(new Position(location.getLineNumber(), location.getColumnNumber()));
  }

  private void separate() {
    if (!text.isEmpty()) {
      text.append(SEPARATOR);
    }
  }

  private void namespace(String uri) {
    Position first = namespaces.putIfAbsent(uri == null ? "" : uri, here());
    if (first != null) {
      faults.error(
          "metadata.namespace",
          here(),
          "a second element of namespace %s in <metadata>, the first is in line %d"
              .formatted(Printable.quoted(uri == null ? "" : uri), first.line()));
    }
  }

  /**
   * The reader stands on a start tag; leaves it on the end tag.
   *
   * @param outer the prefixes declared around it in the copy
   */
  private void element(int depth, Map<String, String> outer) throws XMLStreamException {
    Map<String, String> declared = new HashMap<>(outer);
    Map<String, String> added = declarations(outer);
    declared.putAll(added);
    String name = name(reader.getPrefix(), reader.getLocalName());
    text.append('<').append(name);
    added.forEach((prefix, uri) -> attribute(prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix, uri));
    for (int index = 0; index < reader.getAttributeCount(); index++) {
      attribute(
          name(reader.getAttributePrefix(index), reader.getAttributeLocalName(index)),
          reader.getAttributeValue(index));
    }
    int tag = text.length();
    text.append('>');
    for (int event = advance.next(depth + 1);
        event != XMLStreamConstants.END_ELEMENT;
        event = advance.next(depth + 1)) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        element(depth + 1, declared);
      } else {
        other();
      }
    }
    if (text.length() == tag + 1) {
      text.insert(tag, '/');
    } else {
      text.append("</").append(name).append('>');
    }
  }

  /** The declarations that the element itself makes, and those it needs from further out. */
  private Map<String, String> declarations(Map<String, String> outer) {
    Map<String, String> added = new TreeMap<>();
    for (int index = 0; index < reader.getNamespaceCount(); index++) {
      added.put(orEmpty(reader.getNamespacePrefix(index)), orEmpty(reader.getNamespaceURI(index)));
    }
    need(added, reader.getPrefix(), reader.getNamespaceURI());
    for (int index = 0; index < reader.getAttributeCount(); index++) {
      String prefix = orEmpty(reader.getAttributePrefix(index));
      if (!prefix.isEmpty()) {
        need(added, prefix, reader.getAttributeNamespace(index));
      }
    }
    added.entrySet().removeIf(entry -> entry.getValue().equals(outer.get(entry.getKey())));
    return added;
  }

  private static void need(Map<String, String> added, String prefix, String uri) {
    added.putIfAbsent(orEmpty(prefix), orEmpty(uri));
  }

  private void other() {
    switch (reader.getEventType()) {
      case XMLStreamConstants.COMMENT -> text.append("<!--").append(reader.getText()).append("-->");
      case XMLStreamConstants.PROCESSING_INSTRUCTION -> {
        String data = orEmpty(reader.getPIData());
        text.append("<?").append(reader.getPITarget());
        text.append(data.isEmpty() ? "" : " ").append(data).append("?>");
      }
      default -> text.append(Escape.text(reader.getText()));
    }
  }

  private void attribute(String name, String value) {
    text.append(' ').append(name).append("='").append(Escape.attribute(value)).append('\'');
  }

  private static String name(String prefix, String local) {
    return orEmpty(prefix).isEmpty() ? local : prefix + ":" + local;
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
