// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.SnapshotDef;
import io.domus.xml.bind.DocumentBinding;
import io.domus.xml.bind.SnapshotBean;
import java.util.EnumSet;
import javax.xml.stream.XMLStreamException;

/** Reads a snapshot: schema and rules in one run. */
public final class SnapshotReader {
  /** All faults are found at once: rules are checked even where the schema found errors. */
  public Reading<SnapshotDef> read(XmlSource source) {
    return DefinitionPass.read(
        source,
        EnumSet.of(DocumentKind.SNAPSHOT),
        (document, kind, faults) -> read(document, source, faults),
        Reading.Invalid::new);
  }

  /** Goes on from a root element that is a snapshot's. */
  static Reading<SnapshotDef> read(DocumentReader document, XmlSource source, Faults faults)
      throws XMLStreamException {
    SnapshotBean bean = DocumentBinding.snapshots().read(document, document::incomplete);
    document.drain();
    new SnapshotRules(faults).check(bean);
    if (faults.failed()) {
      return new Reading.Invalid<>(faults.sorted());
    }
    SnapshotDef snapshot = SnapshotMapping.snapshot(source.file(), bean, document.verbatim());
    return new Reading.Valid<>(snapshot, faults.sorted());
  }
}
