// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.SharedNamespaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;

/**
 * A place in a definition, valid or not, that names a domain or a file in that domain's directory.
 *
 * @param line where it stands
 * @param value what it says
 */
public record DomainReference(int line, Kind kind, String value) {
  /** By what. */
  public enum Kind {
    /** {@code <after>}. */
    AFTER("starts after"),
    /** {@code <lxc:namespace>}. */
    NAMESPACE("shares a namespace with"),
    /** An attribute that is a path. */
    PATH("uses");

    private final String phrase;

    Kind(String phrase) {
      this.phrase = phrase;
    }

    /** What a definition does that has such a place. */
    public String phrase() {
      return phrase;
    }
  }

  public DomainReference {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(value, "value");
  }

  /**
   * All such places as far as the document can be read.
   *
   * @param directory the domain's own, without a slash at its end
   */
  public static List<DomainReference> in(XmlSource source, String name, String directory) {
    List<DomainReference> references = new ArrayList<>();
    try {
      XMLStreamReader2 reader = XmlInput.open(source, new Faults(source));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT) {
          references.addAll(at(reader, name, directory));
        }
      }
    } catch (XMLStreamException unreadable) {
      // Whoever uses that definition is told then.
      return references;
    }
    return references;
  }

  private static List<DomainReference> at(XMLStreamReader2 reader, String name, String directory) {
    List<DomainReference> references = new ArrayList<>();
    int line = reader.getLocationInfo().getStartLocation().getLineNumber();
    if (names(reader, "", "after", "domain", name)) {
      references.add(new DomainReference(line, Kind.AFTER, name));
    }
    boolean byName = "name".equals(reader.getAttributeValue("", "type"));
    if (byName && names(reader, SharedNamespaces.XML_NAMESPACE, "share", "value", name)) {
      references.add(new DomainReference(line, Kind.NAMESPACE, name));
    }
    for (int index = 0; index < reader.getAttributeCount(); index++) {
      String value = reader.getAttributeValue(index).strip();
      if (value.equals(directory) || value.startsWith(directory + "/")) {
        references.add(new DomainReference(line, Kind.PATH, value));
      }
    }
    return references;
  }

  /**
   * @param element how its name begins
   */
  private static boolean names(
      XMLStreamReader2 reader, String namespace, String element, String attribute, String name) {
    String value = reader.getAttributeValue("", attribute);
    return reader.getNamespaceURI().equals(namespace)
        && reader.getLocalName().startsWith(element)
        && value != null
        && value.strip().equals(name);
  }
}
