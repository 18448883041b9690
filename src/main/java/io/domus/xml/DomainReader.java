// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.DomainDef;
import io.domus.xml.bind.DocumentBinding;
import io.domus.xml.bind.DomainBean;
import java.util.EnumSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.xml.stream.XMLStreamException;

/** Reads the definition of a domain: schema, defaults and rules in one run. */
public final class DomainReader {
  /** While the first reader's thread compiles the schema, another one prepares the binding. */
  private static final Thread BINDING = begin("xml-binding", DocumentBinding::domains);

  private static Thread begin(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name(name).start(work);
  }

  /**
   * Begins what only the first document needs, for a process that has something else to do before
   * it reads one.
   */
  public static void prepare() {
    if (BINDING.isAlive()) {
      begin("xml-schema", () -> DocumentSchema.of(DocumentKind.DOMAIN));
    }
  }

  /** All faults are found at once: rules are checked even where the schema found errors. */
  public Reading<DomainDef> read(XmlSource source) {
    return DefinitionPass.read(
        source,
        EnumSet.of(DocumentKind.DOMAIN),
        (document, kind, faults) -> read(document, source, faults, summary -> {}),
        Reading.Invalid::new);
  }

  /**
   * Goes on from a root element that is a domain's.
   *
   * @param summaries takes what others must know of it, also if it has errors
   */
  static Reading<DomainDef> read(
      DocumentReader document,
      XmlSource source,
      Faults faults,
      Consumer<Supplier<DefinitionSummary>> summaries)
      throws XMLStreamException {
    DomainBean bean = DocumentBinding.domains().read(document, document::incomplete);
    document.drain();
    DomainDefaults.complete(bean);
    DomainRules.check(bean, faults);
    summaries.accept(() -> DomainClaims.summary(source.file(), bean, faults));
    if (faults.failed()) {
      return new Reading.Invalid<>(faults.sorted());
    }
    DomainDef domain = new DomainMapping(source.file()).domain(bean, document.metadata());
    return new Reading.Valid<>(domain, faults.sorted());
  }
}
