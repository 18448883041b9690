// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.List;
import java.util.Optional;

/** What others must know of a document; little enough to keep of thousands. */
public final class DefinitionSummary {
  private final String file;
  private final DocumentKind kind;
  private final List<Claim> claims;

  DefinitionSummary(String file, DocumentKind kind, List<Claim> claims) {
    this.file = file;
    this.kind = kind;
    this.claims = List.copyOf(claims);
  }

  String file() {
    return file;
  }

  DocumentKind kind() {
    return kind;
  }

  List<Claim> claims() {
    return claims;
  }

  /** Empty if it has none, or none that could be read. */
  Optional<String> name() {
    return claims.stream()
        .filter(claim -> claim.role() == Claim.Role.NAME)
        .map(Claim::value)
        .findFirst();
  }

  /** As messages call it: {@code domain 'web' (web.xml:12)}. */
  String place(Position at) {
    return "%s %s (%s:%d)"
        .formatted(kind.root(), Printable.quoted(name().orElse("")), file, at.line());
  }
}
