// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;

/** Looks at the root element of a document and no further. */
public final class DocumentRoot {
  private DocumentRoot() {}

  /** The local name of the root element, empty if the document is broken before it. */
  public static Optional<String> name(XmlSource source) {
    try {
      XMLStreamReader2 reader = XmlInput.open(source, new Faults(source));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT) {
          return Optional.of(reader.getLocalName());
        }
      }
    } catch (XMLStreamException broken) {
      // Whoever reads all of it says how.
    }
    return Optional.empty();
  }
}
