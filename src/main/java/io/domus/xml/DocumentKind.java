// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.Optional;

/** The kinds of documents, told apart by their root elements. */
public enum DocumentKind {
  DOMAIN("domain", "domain.xsd", DomainVocabulary.WORDS),
  NETWORK("network", "network.xsd", NetworkVocabulary.WORDS),
  SNAPSHOT("domainsnapshot", "snapshot.xsd", SnapshotVocabulary.WORDS);

  private final String root;
  private final String schema;
  private final Vocabulary vocabulary;

  DocumentKind(String root, String schema, Vocabulary vocabulary) {
    this.root = root;
    this.schema = schema;
    this.vocabulary = vocabulary;
  }

  /** The name of the root element. */
  public String root() {
    return root;
  }

  /** The name of the file below {@code schemas}. */
  public String schema() {
    return schema;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The kind of a document with such a root element. */
  public static Optional<DocumentKind> ofRoot(String element) {
    for (DocumentKind kind : values()) {
      if (kind.root.equals(element)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
