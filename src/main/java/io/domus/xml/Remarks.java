// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.Origin;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/**
 * Warnings about a valid document by others than its reader, with the lines that they are about.
 */
public final class Remarks {
  private final Faults faults;

  private Remarks(Faults faults) {
    this.faults = faults;
  }

  public static Remarks on(XmlSource source) {
    Faults faults = new Faults(source);
    try {
      // Tells the faults which encoding the lines are in.
      XmlInput.open(source, faults).close();
    } catch (XMLStreamException unreadable) {
      throw new IllegalStateException(source.file() + " was valid when it was read", unreadable);
    }
    return new Remarks(faults);
  }

  /** The origin is one of this document. */
  public void add(String rule, Origin at, String message) {
    faults.warning(rule, new Position(Math.max(1, at.line()), Math.max(1, at.column())), message);
  }

  void add(String rule, Position at, String message) {
    faults.warning(rule, at, message);
  }

  /** In the order of the document. */
  public List<XmlFault> sorted() {
    return faults.sorted();
  }
}
