// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;

/**
 * A fault that the schema found, with what it was found at.
 *
 * @param model the schema of the document
 * @param type of the element
 * @param attribute the attribute in question, if it is one
 * @param value of the attribute or the element
 */
record BrokenClause(
    XmlFault fault,
    SchemaModel model,
    SchemaModel.Type type,
    Optional<String> attribute,
    String value) {
  private static final Pattern CULPRIT =
      Pattern.compile(
          "attribute '(?<of>[^']+)' of <(?<owner>[^>]+)> is .*"
              + "|<(?<poor>[^>]+)> needs the attribute '(?<missing>[^']+)'"
              + "|text in <(?<around>[^>]+)>, which .*"
              + "|<(?<element>[^>]+)> is .*",
          Pattern.DOTALL);

  /** An element of a document, found by a second reading. */
  private record Place(
      List<String> path, Position at, Map<String, String> attributes, StringBuilder text) {}

  /** The type of the value in question. */
  Optional<SchemaModel.Type> valueType() {
    return attribute.isEmpty()
        ? model.text(type)
        : attribute.map(name -> model.value(type.attributes().get(name)));
  }

  /** The faults of a rule in all rejected documents. */
  static List<BrokenClause> of(String rule) throws IOException {
    List<BrokenClause> broken = new ArrayList<>();
    for (Path document : Checkout.rejectedDocuments()) {
      String name = document.getFileName().toString();
      XmlSource source = XmlSource.of(name, Files.readAllBytes(document));
      List<XmlFault> faults =
          new SchemaValidator()
              .validate(source).stream().filter(fault -> fault.rule().equals(rule)).toList();
      if (!faults.isEmpty()) {
        List<Place> places = places(source);
        faults.forEach(fault -> broken.add(resolve(fault, places)));
      }
    }
    return broken;
  }

  private static BrokenClause resolve(XmlFault fault, List<Place> places) {
    Matcher culprit = CULPRIT.matcher(fault.message());
    if (!culprit.matches()) {
      throw new IllegalStateException("a message that no test knows: " + fault.message());
    }
    String element = group(culprit, "owner", "poor", "around", "element").orElseThrow();
    Place place = last(places, element, new Position(fault.line(), fault.column()));
    DocumentKind kind = DocumentKind.ofRoot(place.path.getFirst()).orElseThrow();
    SchemaModel model = SchemaModel.of(kind);
    Optional<String> attribute = group(culprit, "of", "missing");
    String value =
        attribute
            .map(name -> place.attributes.getOrDefault(name, ""))
            .orElseGet(() -> place.text.toString().strip());
    return new BrokenClause(fault, model, model.type(place.path).orElseThrow(), attribute, value);
  }

  private static Optional<String> group(Matcher matcher, String... names) {
    return Stream.of(names).map(matcher::group).filter(Objects::nonNull).findFirst();
  }

  /** The element of this name that begins last, but not behind the fault. */
  private static Place last(List<Place> places, String element, Position fault) {
    return places.reversed().stream()
        .filter(place -> place.at.compareTo(fault) <= 0)
        .filter(place -> place.path.getLast().equals(element))
        .findFirst()
        .orElseThrow();
  }

  private static List<Place> places(XmlSource source) {
    List<Place> places = new ArrayList<>();
    List<Place> open = new ArrayList<>();
    try {
      XMLStreamReader2 reader = XmlInput.open(source, new Faults(source));
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            open.add(place(reader, open));
            places.add(open.getLast());
          }
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
            if (!open.isEmpty()) {
              open.getLast().text.append(reader.getText());
            }
          }
          case XMLStreamConstants.END_ELEMENT -> open.removeLast();
          default -> {}
        }
      }
    } catch (XMLStreamException broken) {
      // The schema has no say about what lies behind the break.
    }
    return places;
  }

  private static Place place(XMLStreamReader2 reader, List<Place> open) {
    List<String> path = new ArrayList<>(open.isEmpty() ? List.of() : open.getLast().path);
    path.add(reader.getLocalName());
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int index = 0; index < reader.getAttributeCount(); index++) {
      attributes.put(reader.getAttributeLocalName(index), reader.getAttributeValue(index));
    }
    Location start = reader.getLocationInfo().getStartLocation();
    Position at = new Position(start.getLineNumber(), start.getColumnNumber());
    return new Place(path, at, attributes, new StringBuilder());
  }
}
