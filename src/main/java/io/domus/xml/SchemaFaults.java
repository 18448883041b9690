// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NearestName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import org.codehaus.stax2.XMLStreamReader2;

/**
 * Says in words what the schema validator only says no to: the culprit's own place, what may stand
 * there, and the nearest name.
 */
final class SchemaFaults {
  private final XMLStreamReader2 reader;
  private final Faults faults;
  private final List<OpenElement> path;
  private final DocumentKind kind;

  /**
   * @param path the open elements, the one in question last
   */
  SchemaFaults(XMLStreamReader2 reader, Faults faults, List<OpenElement> path, DocumentKind kind) {
    this.reader = reader;
    this.faults = faults;
    this.path = path;
    this.kind = kind;
  }

  private SchemaModel model() {
    return SchemaModel.of(kind);
  }

  private Optional<SchemaModel.Type> type(int depth) {
    return model().type(path.subList(0, depth).stream().map(element -> element.name).toList());
  }

  private OpenElement current() {
    return path.getLast();
  }

  private static String tag(String name) {
    return "<" + name + ">";
  }

  /** The element that was just read is not allowed where it stands. */
  void element() {
    OpenElement culprit = current();
    int parents = path.size() - 1;
    if (parents > 0) {
      path.get(parents - 1).incomplete = true;
    }
    Map<String, SchemaModel.Member> known =
        parents == 0
            ? model().roots()
            : type(parents).map(SchemaModel.Type::children).orElse(Map.of());
    String where = parents == 0 ? " as root" : " in " + tag(path.get(parents - 1).name);
    String namespace = reader.getNamespaceURI();
    if (namespace != null && !namespace.isEmpty()) {
      faults.error(
          "schema.namespace",
          culprit.at,
          "unknown element %s of namespace %s%s"
              .formatted(tag(reader.getPrefixedName()), Printable.quoted(namespace), where),
          expected(known));
    } else if (known.containsKey(culprit.name) && parents > 0) {
      faults.error(
          "schema.namespace",
          culprit.at,
          "element %s without the namespace that it needs%s".formatted(tag(culprit.name), where));
    } else {
      faults.error(
          "schema.unknown-element",
          culprit.at,
          "unknown element %s%s%s"
              .formatted(tag(culprit.name), where, NearestName.hint(culprit.name, known.keySet())),
          expected(known));
    }
  }

  private static List<String> expected(Map<String, SchemaModel.Member> known) {
    return known.values().stream()
        .filter(SchemaFaults::isMeant)
        .map(SchemaModel.Member::name)
        .toList();
  }

  private static boolean isMeant(SchemaModel.Member member) {
    return !member.type().equals("ignored") && !member.documentation().endsWith("ignored.");
  }

  /** An attribute of the element that was just read is unknown or has a wrong value. */
  void attribute(int index, String problem) {
    OpenElement owner = current();
    owner.incomplete = true;
    String prefix = reader.getAttributePrefix(index);
    String local = reader.getAttributeLocalName(index);
    boolean foreign = prefix != null && !prefix.equals(XMLConstants.DEFAULT_NS_PREFIX);
    String name = foreign ? prefix + ":" + local : local;
    Position at = faults.text().attribute(owner.at, name);
    Map<String, SchemaModel.Member> known =
        type(path.size()).map(SchemaModel.Type::attributes).orElse(Map.of());
    SchemaModel.Member member = known.get(name);
    if (member == null) {
      faults.error(
          "schema.unknown-attribute",
          at,
          "unknown attribute '%s' of %s%s"
              .formatted(name, tag(owner.name), NearestName.hint(name, known.keySet())),
          expected(known));
    } else {
      value(
          at,
          "attribute '%s' of %s".formatted(name, tag(owner.name)),
          reader.getAttributeValue(index),
          model().value(member),
          problem);
    }
  }

  /** The attributes of the element that was just read are not complete. */
  void attributesEnd(String problem) {
    OpenElement owner = current();
    owner.incomplete = true;
    int before = faults.errors();
    for (SchemaModel.Member member :
        type(path.size()).map(SchemaModel.Type::attributes).orElse(Map.of()).values()) {
      if (member.required() && reader.getAttributeValue(null, member.name()) == null) {
        faults.error(
            "schema.missing-attribute",
            owner.at,
            "%s needs the attribute '%s'".formatted(tag(owner.name), member.name()));
      }
    }
    if (faults.errors() == before) {
      faults.error("schema.invalid", owner.at, tag(owner.name) + ": " + problem);
    }
  }

  /** Text stands between the children of an element that has only elements. */
  void text(Position at) {
    boolean empty = type(path.size()).map(type -> type.children().isEmpty()).orElse(false);
    faults.error(
        "schema.text",
        faults.text().firstText(at),
        "text in %s, which %s"
            .formatted(tag(current().name), empty ? "must be empty" : "holds only elements"));
  }

  /** The text of the element that was just closed is not of its type. */
  void content(String problem) {
    OpenElement owner = current();
    owner.incomplete = true;
    Optional<SchemaModel.Type> simple = type(path.size()).flatMap(model()::text);
    if (simple.isEmpty()) {
      faults.error("schema.invalid", owner.at, tag(owner.name) + ": " + problem);
      return;
    }
    Position at = owner.textAt == null ? owner.at : faults.text().firstText(owner.textAt);
    value(at, tag(owner.name), owner.text.strip(), simple.get(), problem);
  }

  private void value(
      Position at, String owner, String value, SchemaModel.Type type, String problem) {
    String is = value.isEmpty() ? " is empty" : " is " + Printable.quoted(value);
    if (!type.values().isEmpty()) {
      List<String> offered = OfferedValues.of(type);
      faults.error("schema.value", at, owner + is + NearestName.hint(value, offered), offered);
    } else if (!type.documentation().isEmpty()) {
      faults.error("schema.value", at, owner + is + ", expected " + type.documentation());
    } else {
      faults.error("schema.value", at, owner + is + ": " + problem);
    }
  }
}
