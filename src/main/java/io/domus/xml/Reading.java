// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.Document;
import io.domus.domain.InvalidDefinitionException;
import java.util.List;
import java.util.Objects;

/**
 * What came of reading a document.
 *
 * @param <T> what it defines
 */
public sealed interface Reading<T extends Document> {
  /** Errors and warnings, in the order of the document. */
  List<XmlFault> faults();

  /**
   * A definition.
   *
   * @param faults warnings only
   */
  record Valid<T extends Document>(T definition, List<XmlFault> faults) implements Reading<T> {
    public Valid {
      Objects.requireNonNull(definition, "definition");
      faults = List.copyOf(faults);
    }
  }

  /** No definition, for at least one error. */
  record Invalid<T extends Document>(List<XmlFault> faults) implements Reading<T> {
    public Invalid {
      faults = List.copyOf(faults);
    }
  }

  /**
   * The definition.
   *
   * @throws InvalidDefinitionException with every error as people read it
   */
  default T orThrow() {
    return switch (this) {
      case Valid<T> valid -> valid.definition();
      case Invalid<T> invalid ->
          throw new InvalidDefinitionException(
              FaultText.render(invalid.faults().stream().filter(XmlFault::isError).toList())
                  .stripTrailing());
    };
  }
}
