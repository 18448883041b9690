// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.LocationInfo;
import org.codehaus.stax2.XMLStreamReader2;

/**
 * Where the parts of the root element stand in the text of a document, as the parser saw them.
 *
 * @param root the root's start tag
 * @param children the elements and comments right inside it, in the order of the document
 */
record DocumentOutline(Part root, List<Part> children) {
  DocumentOutline {
    children = List.copyOf(children);
  }

  /**
   * An element or a comment. All offsets are in characters and count from 0.
   *
   * @param name of an element without a namespace, else empty
   * @param from where it begins
   * @param content after an element's start tag
   * @param close where its end tag begins; where it ends if it has none
   * @param to after its last character
   */
  record Part(String name, int from, int content, int close, int to) {
    boolean isComment() {
      return content == from;
    }
  }

  Optional<Part> child(String name) {
    return children.stream().filter(part -> part.name().equals(name)).findFirst();
  }

  /** The last element. */
  Optional<Part> last() {
    return children.reversed().stream().filter(part -> !part.isComment()).findFirst();
  }

  /**
   * @param reader at the beginning of a document
   */
  static DocumentOutline read(XMLStreamReader2 reader) throws XMLStreamException {
    List<Part> children = new ArrayList<>();
    Part root = null;
    Part open = null;
    int depth = 0;
    while (reader.hasNext()) {
      int event = reader.next();
      LocationInfo at = reader.getLocationInfo();
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
        root = depth == 1 ? element(reader, at) : root;
        open = depth == 2 ? element(reader, at) : open;
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        if (depth == 2) {
          children.add(closed(open, at));
        }
        depth--;
      } else if (event == XMLStreamConstants.COMMENT && depth == 1) {
        int from = (int) at.getStartingCharOffset();
        int to = (int) at.getEndingCharOffset();
        children.add(new Part("", from, from, to, to));
      }
    }
    return new DocumentOutline(root, children);
  }

  private static Part element(XMLStreamReader2 reader, LocationInfo at) throws XMLStreamException {
    String namespace = reader.getNamespaceURI();
    boolean plain = namespace == null || namespace.isEmpty();
    int from = (int) at.getStartingCharOffset();
    int to = (int) at.getEndingCharOffset();
    return new Part(plain ? reader.getLocalName() : "", from, to, to, to);
  }

  private static Part closed(Part open, LocationInfo at) throws XMLStreamException {
    int to = (int) at.getEndingCharOffset();
    // The parser reports the end of an empty element at the place of its only tag.
    int close = (int) Math.max(at.getStartingCharOffset(), open.content());
    return new Part(open.name(), open.from(), open.content(), Math.min(close, to), to);
  }
}
