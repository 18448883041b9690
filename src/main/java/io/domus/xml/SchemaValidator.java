// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/** Checks documents of any kind against their schemas alone: no rules, no definition. */
public final class SchemaValidator {
  private static final Set<DocumentKind> ALL = EnumSet.allOf(DocumentKind.class);

  /** All faults, in the order of the document; empty if the document is valid. */
  public List<XmlFault> validate(XmlSource source) {
    Faults faults = new Faults(source);
    try {
      DocumentReader.open(source, DocumentReader.Scope.SCHEMA, ALL, faults).drain();
    } catch (DocumentRefused e) {
      return faults.sorted();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("cannot validate " + source.file(), e);
    }
    return faults.sorted();
  }
}
