// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the schemas forbid, one clause each: the facets of values and the required attributes. */
final class SchemaClauses {
  /** A restriction of a type of values, such as {@code minInclusive}; all choices are one. */
  record Facet(String type, String kind, List<String> values) {
    String name() {
      return type + " " + kind;
    }

    /** Whether a value is refused for this and not for something else. */
    boolean isBrokenBy(String value) {
      String limit = values.getFirst();
      return switch (kind) {
        case "enumeration" -> !values.contains(value);
        case "pattern" -> values.stream().noneMatch(value::matches);
        case "minLength" -> value.length() < Integer.parseInt(limit);
        case "maxLength" -> value.length() > Integer.parseInt(limit);
        case "minInclusive" ->
            isWhole(value) && new BigInteger(value).compareTo(new BigInteger(limit)) < 0;
        case "maxInclusive" ->
            isWhole(value) && new BigInteger(value).compareTo(new BigInteger(limit)) > 0;
        default -> throw new IllegalStateException("a facet that no test knows: " + kind);
      };
    }

    private static boolean isWhole(String value) {
      return value.matches("[-+]?[0-9]+");
    }
  }

  private SchemaClauses() {}

  /** The facets of all types of values, by the name of the type, which no two schemas share. */
  static Map<String, List<Facet>> facets() throws Exception {
    Map<String, List<Facet>> facets = new LinkedHashMap<>();
    try (Stream<Path> schemas = Files.list(Checkout.path("schemas"))) {
      for (Path schema : schemas.filter(file -> file.toString().endsWith(".xsd")).toList()) {
        for (Element type : below(parse(schema), "simpleType")) {
          facets.put(type.getAttribute("name"), facets(type));
        }
      }
    }
    return facets;
  }

  private static Element parse(Path schema) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(schema.toFile()).getDocumentElement();
  }

  private static List<Facet> facets(Element type) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Element facet : below(below(type, "restriction").getFirst(), "*")) {
      values
          .computeIfAbsent(facet.getLocalName(), kind -> new ArrayList<>())
          .add(facet.getAttribute("value"));
    }
    String name = type.getAttribute("name");
    return values.entrySet().stream()
        .map(facet -> new Facet(name, facet.getKey(), facet.getValue()))
        .toList();
  }

  private static List<Element> below(Element parent, String name) {
    NodeList found = parent.getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, name);
    List<Element> elements = new ArrayList<>();
    for (int index = 0; index < found.getLength(); index++) {
      elements.add((Element) found.item(index));
    }
    return elements;
  }

  /**
   * The required attributes of all elements that a document may hold, as {@code type attribute}.
   */
  static Set<String> requiredAttributes() {
    Set<String> required = new TreeSet<>();
    for (DocumentKind kind : DocumentKind.values()) {
      for (SchemaModel.Type type : typesInUse(SchemaModel.of(kind))) {
        type.attributes().values().stream()
            .filter(SchemaModel.Member::required)
            .forEach(attribute -> required.add(type.name() + " " + attribute.name()));
      }
    }
    return required;
  }

  /** The types of values that some attribute or element of a document has. */
  static Set<String> valuesInUse() {
    Set<String> names = new TreeSet<>();
    for (DocumentKind kind : DocumentKind.values()) {
      SchemaModel model = SchemaModel.of(kind);
      for (SchemaModel.Type type : typesInUse(model)) {
        model.text(type).ifPresent(text -> names.add(text.name()));
        type.attributes().values().forEach(each -> names.add(each.type()));
      }
    }
    names.removeIf(name -> name.startsWith("xs:"));
    return names;
  }

  private static List<SchemaModel.Type> typesInUse(SchemaModel model) {
    List<SchemaModel.Type> types = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    List<SchemaModel.Member> open = new ArrayList<>(model.roots().values());
    while (!open.isEmpty()) {
      SchemaModel.Type type = model.types().get(open.removeLast().type());
      if (type != null && seen.add(type.name())) {
        types.add(type);
        open.addAll(type.children().values());
      }
    }
    return types;
  }
}
