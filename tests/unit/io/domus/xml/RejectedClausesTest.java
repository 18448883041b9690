// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Each clause of the schemas has a document in {@code tests/golden/rejected} that is refused for
 * it, so that the words people are shown for it were once looked at.
 */
class RejectedClausesTest {
  @Test
  void everyTypeOfValuesIsBroken() throws IOException {
    Set<String> missing = new TreeSet<>(SchemaClauses.valuesInUse());
    for (BrokenClause broken : BrokenClause.of("schema.value")) {
      missing.remove(broken.valueType().orElseThrow().name());
    }
    assertEquals(Set.of(), missing);
  }

  /** A range has two ends, and a name may be too long or hold what it must not. */
  @Test
  void everyFacetIsBroken() throws Exception {
    Map<String, List<SchemaClauses.Facet>> facets = SchemaClauses.facets();
    Set<String> missing = new TreeSet<>();
    for (String type : SchemaClauses.valuesInUse()) {
      facets.get(type).forEach(facet -> missing.add(facet.name()));
    }
    for (BrokenClause broken : BrokenClause.of("schema.value")) {
      for (SchemaClauses.Facet facet : facets.get(broken.valueType().orElseThrow().name())) {
        if (facet.isBrokenBy(broken.value())) {
          missing.remove(facet.name());
        }
      }
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyRequiredAttributeIsMissingSomewhere() throws IOException {
    Set<String> missing = SchemaClauses.requiredAttributes();
    for (BrokenClause broken : BrokenClause.of("schema.missing-attribute")) {
      missing.remove(broken.type().name() + " " + broken.attribute().orElseThrow());
    }
    assertEquals(Set.of(), missing);
  }

  /** Elements that must be empty, and elements that hold only elements. */
  @Test
  void textIsRefusedInEachKindOfElementWithoutText() throws IOException {
    Set<Boolean> empty = new TreeSet<>();
    for (BrokenClause broken : BrokenClause.of("schema.text")) {
      empty.add(broken.type().children().isEmpty());
    }
    assertEquals(Set.of(true, false), empty);
  }
}
