// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import com.ctc.wstx.stax.WstxInputFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a {@link SchemaModel} out of one of our own schemas, in which every type is named and
 * global. It is no general reader of XML Schema.
 */
final class SchemaModelReader {
  private final Map<String, SchemaModel.Type> types;
  private final Map<String, SchemaModel.Member> roots;
  private final XMLStreamReader reader;

  /** The type being read, and the element or attribute in it whose documentation may follow. */
  private SchemaModel.Draft draft;

  private SchemaModel.Member member;
  private boolean attribute;

  private SchemaModelReader(
      XMLStreamReader reader,
      Map<String, SchemaModel.Type> types,
      Map<String, SchemaModel.Member> roots) {
    this.reader = reader;
    this.types = types;
    this.roots = roots;
  }

  /** Reads a schema with those it includes. */
  static SchemaModel read(String file) {
    Map<String, SchemaModel.Type> types = new LinkedHashMap<>();
    Map<String, SchemaModel.Member> roots = new LinkedHashMap<>();
    read(file, types, roots);
    return new SchemaModel(types, roots);
  }

  private static void read(
      String file, Map<String, SchemaModel.Type> types, Map<String, SchemaModel.Member> roots) {
    try (InputStream in = DocumentSchema.open(file)) {
      XMLStreamReader stream = new WstxInputFactory().createXMLStreamReader(in);
      new SchemaModelReader(stream, types, roots).read();
    } catch (IOException | XMLStreamException e) {
      throw new IllegalStateException("cannot read the schema " + file, e);
    }
  }

  private void read() throws XMLStreamException {
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> start(reader.getLocalName());
        case XMLStreamConstants.END_ELEMENT -> end(reader.getLocalName());
        default -> {}
      }
    }
  }

  private void start(String element) throws XMLStreamException {
    switch (element) {
      case "complexType", "simpleType" -> {
        draft = new SchemaModel.Draft(attribute("name"));
        draft.simple = element.equals("simpleType");
      }
      case "element", "attribute" -> {
        boolean required = "required".equals(attribute("use"));
        attribute = element.equals("attribute");
        String name = local(attribute("ref") == null ? attribute("name") : attribute("ref"));
        String type = attribute("ref") == null ? local(attribute("type")) : name;
        member = new SchemaModel.Member(name, type, required, "");
      }
      case "include" -> read(attribute("schemaLocation"), types, roots);
      // What another schema has at its root is no root of ours.
      case "import" -> read(attribute("schemaLocation"), types, new LinkedHashMap<>());
      case "extension", "restriction" -> draft.base = local(attribute("base"));
      case "enumeration" -> draft.values.add(attribute("value"));
      case "documentation" -> document(reader.getElementText());
      default -> {}
    }
  }

  private void document(String text) {
    if (member != null) {
      member = new SchemaModel.Member(member.name(), member.type(), member.required(), text);
    } else if (draft != null) {
      draft.documentation = text;
    }
  }

  private void end(String element) {
    switch (element) {
      case "complexType", "simpleType" -> {
        types.put(draft.name, draft.finish());
        draft = null;
      }
      case "element", "attribute" -> {
        Map<String, SchemaModel.Member> members = roots;
        if (draft != null) {
          members = attribute ? draft.attributes : draft.children;
        }
        members.put(member.name(), member);
        member = null;
      }
      default -> {}
    }
  }

  /** Our types have different names in all schemas: the prefix says nothing. */
  private static String local(String name) {
    return name.startsWith("xs:") ? name : name.substring(name.indexOf(':') + 1);
  }

  private String attribute(String name) {
    return reader.getAttributeValue(null, name);
  }
}
