// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.List;
import javax.xml.stream.XMLStreamException;

/** Checks documents against the schema alone: no rules, no definition. */
public final class SchemaValidator {
  /** All faults, in the order of the document; empty if the document is valid. */
  public List<XmlFault> validate(XmlSource source) {
    Faults faults = new Faults(source);
    try {
      DocumentReader.open(source, DocumentReader.Scope.SCHEMA, faults).drain();
    } catch (DocumentRefused e) {
      return faults.sorted();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("cannot validate " + source.file(), e);
    }
    return faults.sorted();
  }
}
