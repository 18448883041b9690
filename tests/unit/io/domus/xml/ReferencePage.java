// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the reference page from the schemas: what they say of each element, and no more. */
final class ReferencePage {
  /** So many brothers of one type are told of together. */
  private static final int MANY = 8;

  /** What an element is, wherever it stands. */
  private record Key(String name, String type, String documentation) {}

  /**
   * A place where an element may stand.
   *
   * @param parent the name of the element around it, and its anchor
   */
  private record Place(String anchor, String parent, String parentAnchor, boolean repeatable) {}

  private final Map<Key, List<Place>> places = new LinkedHashMap<>();
  private final StringBuilder page = new StringBuilder();

  private SchemaModel model;
  private Vocabulary vocabulary;

  static String render(String rules) {
    ReferencePage reference = new ReferencePage();
    for (DocumentKind kind : DocumentKind.values()) {
      reference.use(kind);
      reference.collect(reference.root(kind), "", kind.root());
    }
    reference.line("# Reference");
    reference.line("");
    reference.line(
        "Every element and attribute, as the schemas describe them, and every rule. This page is"
            + " made from `schemas/*.xsd` by a test, which fails if it is out of date:"
            + " `mvn test -Dtest=ReferencePageTest -Dgolden.update=true` makes it anew.");
    reference.documents();
    for (DocumentKind kind : DocumentKind.values()) {
      reference.kind(kind);
    }
    reference.page.append(rules);
    return reference.page.toString();
  }

  private void use(DocumentKind kind) {
    model = SchemaModel.of(kind);
    vocabulary = kind.vocabulary();
  }

  private SchemaModel.Member root(DocumentKind kind) {
    return model.roots().get(kind.root());
  }

  private static Key key(SchemaModel.Member member) {
    return new Key(member.name(), member.type(), member.documentation());
  }

  private List<SchemaModel.Member> children(SchemaModel.Member element) {
    SchemaModel.Type type = model.types().get(element.type());
    return type == null ? List.of() : List.copyOf(type.children().values());
  }

  private List<SchemaModel.Member> attributes(SchemaModel.Member element) {
    SchemaModel.Type type = model.types().get(element.type());
    return type == null ? List.of() : List.copyOf(type.attributes().values());
  }

  /** Notes where each element may stand; one that is known already is not gone into again. */
  private void collect(SchemaModel.Member element, String parent, String anchor) {
    String vocabularyKey = vocabulary.key(parent, element.name());
    for (SchemaModel.Member child : children(element)) {
      String childAnchor = Reference.anchor(model.types().get(element.type()), child.name());
      List<Place> known = places.computeIfAbsent(key(child), any -> new ArrayList<>());
      boolean seen = known.stream().anyMatch(place -> place.anchor().equals(childAnchor));
      if (!seen) {
        boolean repeatable = vocabulary.mayRepeat(vocabularyKey, child.name());
        known.add(new Place(childAnchor, element.name(), anchor, repeatable));
        collect(child, element.name(), childAnchor);
      }
    }
  }

  private void documents() {
    anchor(Reference.DOCUMENTS);
    line("## Documents");
    line("");
    String roots =
        List.of(DocumentKind.values()).stream()
            .map(kind -> link(kind.root(), kind.root()))
            .collect(Collectors.joining(", "));
    line(
        "The root element says what a document is: %s. The elements are in no namespace, but for"
                .formatted(roots)
            + " libvirt's own [`<namespace>`](#domain-namespace) and"
            + " [`<options>`](#network-options), and what these hold. Their"
            + " order does not matter but where it is said. An element may occur once where"
            + " nothing else is said.");
    line("");
    line(
        "A document has at most 4 MiB, %d elements in one another, %d attributes an element and"
                .formatted(DocumentReader.MAX_DEPTH, XmlInput.MAX_ATTRIBUTES)
            + " %d KiB a value, in any encoding that its declaration or byte order mark names."
                .formatted(XmlInput.MAX_ATTRIBUTE_LENGTH >> 10)
            + " Document type declarations and entities are refused.");
  }

  private void kind(DocumentKind kind) {
    use(kind);
    SchemaModel.Member root = root(kind);
    anchor(kind.root());
    line("## `<" + kind.root() + ">`");
    line("");
    line(plain(root.documentation()) + " Schema: `schemas/" + kind.schema() + "`.");
    body(root);
    descend(root);
  }

  /** A section for each element below that has none yet. */
  private void descend(SchemaModel.Member element) {
    List<SchemaModel.Member> alike = alike(element);
    for (SchemaModel.Member child : children(element)) {
      if (without(child).isPresent() || alike.contains(child)) {
        continue;
      }
      List<Place> stands = places.remove(key(child));
      if (stands != null) {
        section(child, stands);
        descend(child);
      }
    }
  }

  private void section(SchemaModel.Member element, List<Place> stands) {
    line("");
    stands.forEach(place -> page.append("<a id=\"").append(place.anchor()).append("\"></a>"));
    line("");
    line("");
    line("### `<" + element.name() + ">`");
    line("");
    String where =
        stands.stream()
            .map(
                place ->
                    link(place.parent(), place.parentAnchor())
                        + (place.repeatable() ? ", any number" : ""))
            .collect(Collectors.joining("; "));
    line("In " + where + ". " + plain(element.documentation()));
    body(element);
  }

  private void body(SchemaModel.Member element) {
    text(element).ifPresent(value -> paragraph("Text: " + value + "."));
    List<SchemaModel.Member> attributes = attributes(element);
    table(attributes.stream().filter(each -> without(each).isEmpty()).toList());
    List<SchemaModel.Member> alike = alike(element);
    String holds =
        children(element).stream()
            .filter(child -> without(child).isEmpty() && !alike.contains(child))
            .map(child -> link(child.name(), anchorOf(element, child)))
            .collect(Collectors.joining(", "));
    if (!holds.isEmpty()) {
      paragraph("Holds " + holds + ".");
    }
    together(element, alike);
    for (Unhonoured why : Unhonoured.values()) {
      withoutEffect(element, why);
    }
  }

  private String anchorOf(SchemaModel.Member element, SchemaModel.Member child) {
    return Reference.anchor(model.types().get(element.type()), child.name());
  }

  /** Children that differ by little but their names. */
  private List<SchemaModel.Member> alike(SchemaModel.Member element) {
    Map<String, List<SchemaModel.Member>> byType =
        children(element).stream()
            .filter(child -> without(child).isEmpty())
            .collect(Collectors.groupingBy(SchemaModel.Member::type));
    return byType.values().stream()
        .filter(list -> list.size() >= MANY)
        .findFirst()
        .orElse(List.of());
  }

  private void together(SchemaModel.Member element, List<SchemaModel.Member> alike) {
    if (alike.isEmpty()) {
      return;
    }
    paragraph("| element | |\n|---|---|");
    for (SchemaModel.Member child : alike) {
      String id = anchorOf(element, child);
      line(
          "| <a id=\""
              + id
              + "\"></a>`<"
              + child.name()
              + ">` | "
              + plain(child.documentation())
              + " |");
    }
    text(alike.getFirst()).ifPresent(value -> paragraph("Text of each: " + value + "."));
    List<SchemaModel.Member> attributes = attributes(alike.getFirst());
    if (!attributes.isEmpty()) {
      paragraph("Attributes of each:");
      table(attributes);
    }
  }

  /** Those that the schema takes for libvirt's sake: their names must do. */
  private void withoutEffect(SchemaModel.Member element, Unhonoured why) {
    List<String> names = new ArrayList<>();
    for (SchemaModel.Member child : children(element)) {
      if (without(child).filter(why::equals).isPresent()) {
        names.add("<a id=\"" + anchorOf(element, child) + "\"></a>`<" + child.name() + ">`");
      }
    }
    for (SchemaModel.Member attribute : attributes(element)) {
      if (without(attribute).filter(why::equals).isPresent()) {
        names.add("attribute `" + attribute.name() + "`");
      }
    }
    if (!names.isEmpty()) {
      String words =
          switch (why) {
            case IGNORED -> "Accepted for libvirt's sake, and ignored: ";
            case LATER -> "Accepted, but not supported yet and without effect: ";
          };
      paragraph(words + String.join(", ", names) + ".");
    }
  }

  /** As the documentation has it; another test compares that with what the reader does. */
  private static Optional<Unhonoured> without(SchemaModel.Member member) {
    String text = member.documentation();
    if (text.endsWith("ignored.") || text.endsWith("ignored by containers.")) {
      return Optional.of(Unhonoured.IGNORED);
    }
    boolean later = text.endsWith("without effect.") || text.endsWith("not supported yet.");
    return later ? Optional.of(Unhonoured.LATER) : Optional.empty();
  }

  private Optional<String> text(SchemaModel.Member element) {
    SchemaModel.Type type = model.types().get(element.type());
    if (type == null) {
      return Optional.of(value(element.type()));
    }
    return model.text(type).map(simple -> value(simple.name()));
  }

  private void table(List<SchemaModel.Member> attributes) {
    if (attributes.isEmpty()) {
      return;
    }
    paragraph("| attribute | value | |\n|---|---|---|");
    for (SchemaModel.Member attribute : attributes) {
      line(
          "| `%s`%s | %s | %s |"
              .formatted(
                  attribute.name(),
                  attribute.required() ? ", required" : "",
                  value(attribute.type()),
                  plain(attribute.documentation())));
    }
  }

  private String value(String name) {
    SchemaModel.Type type = model.types().get(name);
    if (type == null) {
      return name.equals("xs:integer") ? "a whole number" : "any text";
    }
    if (!type.values().isEmpty()) {
      return type.values().stream()
          .map(value -> value.isEmpty() ? "nothing" : "`" + value + "`")
          .collect(Collectors.joining(", "));
    }
    return plain(type.documentation());
  }

  private static String link(String element, String anchor) {
    return "[`<" + element + ">`](#" + anchor + ")";
  }

  private void anchor(String id) {
    line("");
    line("<a id=\"" + id + "\"></a>");
    line("");
  }

  /** What schemas say is plain text, and some of it stands in a table. */
  private static String plain(String text) {
    return text.replace("<", "&lt;").replace("|", "\\|");
  }

  private void paragraph(String text) {
    line("");
    line(text);
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
