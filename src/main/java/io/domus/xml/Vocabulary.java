// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a kind of document can say beyond what XSD 1.0 expresses: which elements may be repeated,
 * and which of those that the schema accepts for libvirt's sake Domus does not act on. Tests keep
 * it in step with the schemas' documentation.
 *
 * <p>Keys are names of elements; where one name means several things, {@code parent/name}.
 *
 * @param repeatable the children that may occur more than once
 * @param honoured of elements that have children without effect: the children that are not
 * @param later of those without effect, the ones that are merely not supported yet
 * @param ignoredAttributes attributes without effect
 * @param laterAttributes attributes that are not supported yet
 * @param ambiguous the names that mean several things
 * @param verbatim children of the root element that are kept as they stand
 */
record Vocabulary(
    Map<String, Set<String>> repeatable,
    Map<String, Set<String>> honoured,
    Map<String, Set<String>> later,
    Map<String, Set<String>> ignoredAttributes,
    Map<String, Set<String>> laterAttributes,
    Set<String> ambiguous,
    Set<String> verbatim) {
  static Vocabulary of(
      Map<String, Set<String>> repeatable,
      Map<String, Set<String>> honoured,
      Map<String, Set<String>> later,
      Map<String, Set<String>> ignoredAttributes,
      Map<String, Set<String>> laterAttributes) {
    Set<String> ambiguous = new HashSet<>();
    for (Map<String, Set<String>> table :
        List.of(repeatable, honoured, later, ignoredAttributes, laterAttributes)) {
      for (String key : table.keySet()) {
        if (key.indexOf('/') > 0) {
          ambiguous.add(key.substring(key.indexOf('/') + 1));
        }
      }
    }
    return new Vocabulary(
        repeatable,
        honoured,
        later,
        ignoredAttributes,
        laterAttributes,
        Set.copyOf(ambiguous),
        Set.of());
  }

  /** The same, but some children of the root element are kept as they stand. */
  Vocabulary keeping(Set<String> names) {
    return new Vocabulary(
        repeatable,
        honoured,
        later,
        ignoredAttributes,
        laterAttributes,
        ambiguous,
        Set.copyOf(names));
  }

  /** The key of an element. */
  String key(String parent, String name) {
    return ambiguous.contains(name) ? parent + "/" + name : name;
  }

  boolean mayRepeat(String parentKey, String child) {
    Set<String> children = repeatable.get(parentKey);
    return children != null && children.contains(child);
  }

  /** Why a child that the schema knows is passed over, empty if it is not. */
  Optional<Unhonoured> element(String parentKey, String child) {
    Set<String> acted = honoured.get(parentKey);
    if (acted == null || acted.contains(child)) {
      return Optional.empty();
    }
    boolean soon = later.getOrDefault(parentKey, Set.of()).contains(child);
    return Optional.of(soon ? Unhonoured.LATER : Unhonoured.IGNORED);
  }

  /** Why an attribute that the schema knows has no effect, empty if it has. */
  Optional<Unhonoured> attribute(String key, String attribute) {
    if (ignoredAttributes.getOrDefault(key, Set.of()).contains(attribute)) {
      return Optional.of(Unhonoured.IGNORED);
    }
    boolean soon = laterAttributes.getOrDefault(key, Set.of()).contains(attribute);
    return soon ? Optional.of(Unhonoured.LATER) : Optional.empty();
  }
}
