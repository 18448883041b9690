// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An element whose end has not been read yet. */
final class OpenElement {
  final String name;

  /** Of its {@code <}. */
  final Position at;

  /** What the vocabulary calls it: its name, with its parent's where that is not enough. */
  String key;

  /** True if the schema refused a child or an attribute of it. */
  boolean incomplete;

  /** What text the schema allows here now: one of {@code XMLValidator.CONTENT_ALLOW_*}. */
  int content;

  /** Where its text begins, null before there is any. */
  Position textAt;

  String text = "";

  private Map<String, Position> children;

  OpenElement(String name, Position at) {
    this.name = name;
    this.key = name;
    this.at = at;
  }

  /** Notes a child and gives the place of an earlier one of that name. */
  Optional<Position> child(String child, Position place) {
    if (children == null) {
      children = new HashMap<>();
    }
    return Optional.ofNullable(children.putIfAbsent(child, place));
  }

  void text(String more, Position place) {
    if (textAt == null && !more.isBlank()) {
      textAt = place;
    }
    text = text.isEmpty() ? more : text + more;
  }
}
