// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/** What a file defines. */
public sealed interface Document permits DomainDef, NetworkDef, SnapshotDef {
  /** Unique among the documents of its kind. */
  String name();
}
