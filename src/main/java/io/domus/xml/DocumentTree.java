// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.LocationInfo;
import org.codehaus.stax2.XMLStreamReader2;

/** Where the elements of a document stand in its text, as the parser saw them. */
final class DocumentTree {
  private DocumentTree() {}

  /**
   * An element. All offsets are in characters and count from 0.
   *
   * @param name empty if it is of a namespace
   * @param from where it begins
   * @param content after its start tag
   * @param close where its end tag begins; where it ends if it has none
   * @param to after its last character
   */
  record Node(
      String name,
      Map<String, String> attributes,
      int from,
      int content,
      int close,
      int to,
      List<Node> children) {
    Node {
      attributes = Map.copyOf(attributes);
      children = List.copyOf(children);
    }

    List<Node> children(String element) {
      return children.stream().filter(child -> child.name.equals(element)).toList();
    }

    Optional<String> attribute(String attribute) {
      return Optional.ofNullable(attributes.get(attribute)).map(String::strip);
    }

    boolean isEmptyTag() {
      return content == to;
    }
  }

  /** One whose end has not been seen. */
  private record Open(
      String name, Map<String, String> attributes, int from, int content, List<Node> children) {}

  /**
   * @param reader at the beginning of a document
   * @return the root
   */
  static Node read(XMLStreamReader2 reader) throws XMLStreamException {
    Deque<Open> open = new ArrayDeque<>();
    Node last = null;
    while (reader.hasNext()) {
      int event = reader.next();
      LocationInfo at = reader.getLocationInfo();
      if (event == XMLStreamConstants.START_ELEMENT) {
        open.push(
            new Open(
                name(reader),
                attributes(reader),
                (int) at.getStartingCharOffset(),
                (int) at.getEndingCharOffset(),
                new ArrayList<>()));
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        last = closed(open.pop(), at);
        if (!open.isEmpty()) {
          open.peek().children().add(last);
        }
      }
    }
    return last;
  }

  private static Node closed(Open open, LocationInfo at) throws XMLStreamException {
    int to = (int) at.getEndingCharOffset();
    // The parser reports the end of an empty element at the place of its only tag.
    int close = (int) Math.max(at.getStartingCharOffset(), open.content());
    return new Node(
        open.name(),
        open.attributes(),
        open.from(),
        open.content(),
        Math.min(close, to),
        to,
        open.children());
  }

  private static String name(XMLStreamReader2 reader) {
    String namespace = reader.getNamespaceURI();
    return namespace == null || namespace.isEmpty() ? reader.getLocalName() : "";
  }

  private static Map<String, String> attributes(XMLStreamReader2 reader) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int index = 0; index < reader.getAttributeCount(); index++) {
      attributes.put(reader.getAttributeLocalName(index), reader.getAttributeValue(index));
    }
    return attributes;
  }
}
