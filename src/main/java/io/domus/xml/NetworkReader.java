// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NetworkDef;
import io.domus.xml.bind.DocumentBinding;
import io.domus.xml.bind.NetworkBean;
import java.util.EnumSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.xml.stream.XMLStreamException;

/** Reads the definition of a network: schema, defaults and rules in one run. */
public final class NetworkReader {
  /** All faults are found at once: rules are checked even where the schema found errors. */
  public Reading<NetworkDef> read(XmlSource source) {
    return DefinitionPass.read(
        source,
        EnumSet.of(DocumentKind.NETWORK),
        (document, kind, faults) -> read(document, source, faults, summary -> {}),
        Reading.Invalid::new);
  }

  /**
   * Goes on from a root element that is a network's.
   *
   * @param summaries takes what others must know of it, also if it has errors
   */
  static Reading<NetworkDef> read(
      DocumentReader document,
      XmlSource source,
      Faults faults,
      Consumer<Supplier<DefinitionSummary>> summaries)
      throws XMLStreamException {
    NetworkBean bean = DocumentBinding.networks().read(document, document::incomplete);
    document.drain();
    NetworkRules.check(bean, faults);
    summaries.accept(() -> NetworkClaims.summary(source.file(), bean, faults));
    if (faults.failed()) {
      return new Reading.Invalid<>(faults.sorted());
    }
    NetworkDef network =
        new NetworkMapping(source.file(), ForwardMode.of(bean).orElseThrow())
            .network(bean, document.metadata());
    return new Reading.Valid<>(network, faults.sorted());
  }
}
