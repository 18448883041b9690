// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.xml.stream.XMLStreamException;

/** What the readers of all kinds do alike: open a document, and tell why it was refused. */
final class DefinitionPass {
  private DefinitionPass() {}

  /** Goes on from the root element. */
  @FunctionalInterface
  interface Body<R> {
    R read(DocumentReader document, DocumentKind kind, Faults faults) throws XMLStreamException;
  }

  /**
   * @param expected the kinds that the document may be of
   * @param refused what becomes of a document that could not be read to its end
   */
  static <R> R read(
      XmlSource source,
      Set<DocumentKind> expected,
      Body<R> body,
      Function<List<XmlFault>, R> refused) {
    Faults faults = new Faults(source);
    try {
      DocumentReader document =
          DocumentReader.open(source, DocumentReader.Scope.DEFINITION, expected, faults);
      return body.read(document, document.root(), faults);
    } catch (DocumentRefused e) {
      return refused.apply(faults.sorted());
    } catch (XMLStreamException e) {
      throw new IllegalStateException("cannot read " + source.file(), e);
    }
  }
}
