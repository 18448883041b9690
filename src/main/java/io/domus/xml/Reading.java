// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.DomainDef;
import io.domus.domain.InvalidDefinitionException;
import java.util.List;

/** What came of reading a document. */
public sealed interface Reading {
  /** Errors and warnings, in the order of the document. */
  List<XmlFault> faults();

  /**
   * A definition.
   *
   * @param faults warnings only
   */
  record Valid(DomainDef domain, List<XmlFault> faults) implements Reading {
    public Valid {
      faults = List.copyOf(faults);
    }
  }

  /** No definition, for at least one error. */
  record Invalid(List<XmlFault> faults) implements Reading {
    public Invalid {
      faults = List.copyOf(faults);
    }
  }

  /**
   * The definition.
   *
   * @throws InvalidDefinitionException with every error as people read it
   */
  default DomainDef orThrow() {
    return switch (this) {
      case Valid valid -> valid.domain();
      case Invalid invalid ->
          throw new InvalidDefinitionException(
              FaultText.render(invalid.faults().stream().filter(XmlFault::isError).toList())
                  .stripTrailing());
    };
  }
}
