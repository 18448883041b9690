// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.DomainDef;
import io.domus.xml.bind.DomainBean;
import io.domus.xml.bind.DomainBinding;
import javax.xml.stream.XMLStreamException;

/** Reads the definition of a domain: schema, defaults and rules in one run. */
public final class DomainReader {
  /** While the first reader's thread compiles the schema, another one prepares the binding. */
  private static final Thread BINDING = begin("xml-binding", DomainBinding::prepare);

  private static Thread begin(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name(name).start(work);
  }

  /**
   * Begins what only the first document needs, for a process that has something else to do before
   * it reads one.
   */
  public static void prepare() {
    if (BINDING.isAlive()) {
      begin("xml-schema", DomainSchema::get);
    }
  }

  /** All faults are found at once: rules are checked even where the schema found errors. */
  public Reading read(XmlSource source) {
    Faults faults = new Faults(source);
    try {
      DocumentReader document =
          DocumentReader.open(source, DocumentReader.Scope.DEFINITION, faults);
      DomainBean bean = DomainBinding.read(document, document::incomplete);
      document.drain();
      DomainDefaults.complete(bean);
      DomainRules.check(bean, faults);
      if (!faults.failed()) {
        DomainDef domain = new DomainMapping(source.file()).domain(bean, document.metadata());
        return new Reading.Valid(domain, faults.sorted());
      }
    } catch (DocumentRefused e) {
      return new Reading.Invalid(faults.sorted());
    } catch (XMLStreamException e) {
      throw new IllegalStateException("cannot read " + source.file(), e);
    }
    return new Reading.Invalid(faults.sorted());
  }
}
