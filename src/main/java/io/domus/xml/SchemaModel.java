// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the schema says, as far as messages need it: which children and attributes an element has
 * and what a value may be.
 *
 * @param types complex and simple types by name
 * @param roots the global elements and their types
 */
record SchemaModel(Map<String, Type> types, Map<String, Member> roots) {
  /**
   * A named type.
   *
   * @param children the child elements by name, in the order of the schema
   * @param simple true if it is a type of values, not of elements
   * @param values the values of an enumeration
   * @param base the type of the text, or what a simple type restricts
   * @param documentation what the schema says about it
   */
  record Type(
      String name,
      Map<String, Member> children,
      Map<String, Member> attributes,
      boolean simple,
      List<String> values,
      Optional<String> base,
      String documentation) {}

  /** An element or attribute. */
  record Member(String name, String type, boolean required, String documentation) {}

  private static final Map<DocumentKind, SchemaModel> LOADED = new ConcurrentHashMap<>();

  /** Loaded when the first fault needs it. */
  static SchemaModel of(DocumentKind kind) {
    return LOADED.computeIfAbsent(kind, each -> SchemaModelReader.read(each.schema()));
  }

  /** The type of the element at the end of a path of names. */
  Optional<Type> type(List<String> path) {
    Map<String, Member> members = roots;
    Type type = null;
    for (String name : path) {
      Member member = members.get(name);
      if (member == null) {
        return Optional.empty();
      }
      type = types.get(member.type());
      if (type == null) {
        return Optional.of(builtin(member.type()));
      }
      members = type.children();
    }
    return Optional.ofNullable(type);
  }

  /** The type of an attribute's value. */
  Type value(Member attribute) {
    return simple(attribute.type());
  }

  /** The type of the text of an element of this type, if it holds text. */
  Optional<Type> text(Type type) {
    return type.simple() ? Optional.of(type) : type.base().map(this::simple);
  }

  private Type simple(String name) {
    Type type = types.get(name);
    return type != null ? type : builtin(name);
  }

  private static Type builtin(String name) {
    return new Type(
        name,
        Map.of(),
        Map.of(),
        true,
        List.of(),
        Optional.empty(),
        "a value of type " + name.substring(name.indexOf(':') + 1));
  }

  /** Collects a type while it is read. */
  static final class Draft {
    final String name;
    final Map<String, Member> children = new LinkedHashMap<>();
    final Map<String, Member> attributes = new LinkedHashMap<>();
    final List<String> values = new ArrayList<>();
    boolean simple;
    String base;
    String documentation = "";

    Draft(String name) {
      this.name = name;
    }

    Type finish() {
      return new Type(
          name, children, attributes, simple, values, Optional.ofNullable(base), documentation);
    }
  }
}
