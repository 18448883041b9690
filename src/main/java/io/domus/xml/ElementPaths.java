// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;

/**
 * Finds in which elements places of a document lie: a second reading, for documents with faults.
 */
final class ElementPaths {
  private final List<Position> places;
  private final List<List<String>> found = new ArrayList<>();
  private final List<String> open = new ArrayList<>();

  private ElementPaths(List<Position> places) {
    this.places = places;
  }

  /**
   * @param places in the order of the document
   * @return for each the names of the elements around it, the root first; a place in a tag lies in
   *     the tag's element
   */
  static List<List<String>> of(XmlSource source, List<Position> places) {
    ElementPaths paths = new ElementPaths(places);
    try {
      paths.read(XmlInput.open(source, new Faults(source)));
    } catch (XMLStreamException broken) {
      // What lies behind the break lies in what was open there.
    }
    while (paths.found.size() < places.size()) {
      paths.found.add(List.copyOf(paths.open));
    }
    return paths.found;
  }

  private void read(XMLStreamReader2 reader) throws XMLStreamException {
    boolean closing = false;
    while (found.size() < places.size() && reader.hasNext()) {
      int event = reader.next();
      Location location = reader.getLocationInfo().getStartLocation();
      tellBefore(new Position(location.getLineNumber(), location.getColumnNumber()));
      if (closing) {
        open.removeLast();
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        open.add(reader.getLocalName());
      }
      closing = event == XMLStreamConstants.END_ELEMENT;
    }
  }

  private void tellBefore(Position event) {
    while (found.size() < places.size() && places.get(found.size()).compareTo(event) < 0) {
      found.add(List.copyOf(open));
    }
  }
}
