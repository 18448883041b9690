// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.xml.bind.Located;
import io.domus.xml.bind.SourceBean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules for {@code <source>}: which attribute goes with which type. */
final class SourceRules {
  private final Faults faults;

  SourceRules(Faults faults) {
    this.faults = faults;
  }

  /** An attribute of a source and its value. */
  record Named(String attribute, String value, SourceBean source) {}

  /** The attributes that say what the source is, in the order of the schema. */
  static Map<String, String> attributes(SourceBean source) {
    Map<String, String> attributes = new LinkedHashMap<>();
    put(attributes, "dir", source.dir);
    put(attributes, "file", source.file);
    put(attributes, "dev", source.dev);
    put(attributes, "usage", source.usage);
    put(attributes, "name", source.name);
    put(attributes, "pool", source.pool);
    put(attributes, "volume", source.volume);
    return attributes;
  }

  private static void put(Map<String, String> attributes, String name, String value) {
    if (value != null) {
      attributes.put(name, value);
    }
  }

  /**
   * The one source of an element, with one of the attributes that go with its type; empty if that
   * is not what there is, which is then told.
   *
   * @param allowed the first is the one to ask for
   */
  Optional<Named> single(
      Located owner, String type, List<SourceBean> sources, List<String> allowed) {
    if (sources.isEmpty()) {
      if (!owner.incomplete) {
        faults.error(
            "fs.no-source",
            Faults.of(owner),
            "<%s type='%s'> needs <source %s='…'/>"
                .formatted(owner.element, type, allowed.getFirst()));
      }
      return Optional.empty();
    }
    for (SourceBean surplus : sources.subList(1, sources.size())) {
      faults.error(
          "fs.one-source",
          Faults.of(surplus),
          "a second <source>: only an overlay has two, the first is in line "
              + sources.getFirst().line);
    }
    return named(type, sources.getFirst(), allowed);
  }

  /** The attribute of a source that goes with a type, empty after telling that there is none. */
  Optional<Named> named(String type, SourceBean source, List<String> allowed) {
    Named found = null;
    for (Map.Entry<String, String> attribute : attributes(source).entrySet()) {
      if (!allowed.contains(attribute.getKey())) {
        faults.error(
            "fs.source-attribute",
            faults.attribute(source, attribute.getKey()),
            "attribute '%s' of <source> does not go with type '%s', expected '%s'"
                .formatted(attribute.getKey(), type, allowed.getFirst()));
      } else if (found == null) {
        found = new Named(attribute.getKey(), attribute.getValue(), source);
      } else {
        faults.error(
            "fs.source-attribute",
            faults.attribute(source, attribute.getKey()),
            "<source> has '%s' already".formatted(found.attribute()));
      }
    }
    if (found == null && attributes(source).isEmpty() && !source.incomplete) {
      faults.error(
          "fs.source-attribute",
          Faults.of(source),
          "<source> needs the attribute '%s' for type '%s'".formatted(allowed.getFirst(), type));
    }
    return Optional.ofNullable(found);
  }
}
