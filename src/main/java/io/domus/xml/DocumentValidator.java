// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.Document;
import java.util.EnumSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Reads documents of any kind: schema, defaults and rules in one run. */
public final class DocumentValidator {
  /** All faults are found at once: rules are checked even where the schema found errors. */
  public Reading<? extends Document> read(XmlSource source) {
    return read(source, summary -> {});
  }

  /**
   * The same.
   *
   * @param summaries takes what others must know of the document, if that much could be read
   */
  public Reading<? extends Document> read(
      XmlSource source, Consumer<Supplier<DefinitionSummary>> summaries) {
    return DefinitionPass.<Reading<? extends Document>>read(
        source,
        EnumSet.allOf(DocumentKind.class),
        (document, kind, faults) ->
            switch (kind) {
              case DOMAIN -> DomainReader.read(document, source, faults, summaries);
              case NETWORK -> NetworkReader.read(document, source, faults, summaries);
              case SNAPSHOT -> SnapshotReader.read(document, source, faults);
            },
        Reading.Invalid::new);
  }
}
