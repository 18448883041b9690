// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.Map;
import java.util.Set;

/** The vocabulary of snapshots. */
final class SnapshotVocabulary {
  static final String DOMAIN = "domain";
  static final String INACTIVE = "inactiveDomain";

  private static final Map<String, Set<String>> HONOURED =
      Map.of(
          "domainsnapshot",
          Set.of(
              "name",
              "description",
              "creationTime",
              "state",
              "parent",
              "memory",
              "active",
              DOMAIN,
              INACTIVE));

  static final Vocabulary WORDS =
      Vocabulary.of(Map.of(), HONOURED, Map.of(), Map.of(), Map.of())
          .keeping(Set.of(DOMAIN, INACTIVE));

  private SnapshotVocabulary() {}
}
