// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;

/**
 * Collects what identifies a document among others, with its places, which the model does not keep;
 * also of documents that are not valid.
 */
final class IdentityScan {
  /** The elements with such a text, by path; with such an attribute behind the @. */
  private static final Map<String, Claim.Role> ROLES =
      Map.of(
          "/domain/name", Claim.Role.NAME,
          "/domain/uuid", Claim.Role.UUID,
          "/domain/devices/interface/mac@address", Claim.Role.MAC,
          "/domain/autostart/after@domain", Claim.Role.AFTER,
          "/network/name", Claim.Role.NAME,
          "/network/uuid", Claim.Role.UUID,
          "/network/bridge@name", Claim.Role.BRIDGE);

  private final Faults faults;
  private final List<Claim> claims = new ArrayList<>();
  private final List<Mention> mentions = new ArrayList<>();
  private final StringBuilder path = new StringBuilder();
  private final StringBuilder text = new StringBuilder();
  private Claim.Role textOf;
  private Position tag;
  private Optional<DocumentKind> kind = Optional.empty();

  /** Where an attribute names a place of the host. */
  private record Mention(Position tag, String attribute, String value) {}

  private IdentityScan(XmlSource source) {
    faults = new Faults(source);
    try {
      read(XmlInput.open(source, faults));
    } catch (XMLStreamException broken) {
      // What stands before the break has been read.
    }
  }

  static IdentityScan of(XmlSource source) {
    return new IdentityScan(source);
  }

  /** Empty if it is none of ours, or broken before its root. */
  Optional<DocumentKind> kind() {
    return kind;
  }

  List<Claim> claims() {
    return claims;
  }

  SourceText text() {
    return faults.text();
  }

  private void read(XMLStreamReader2 reader) throws XMLStreamException {
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> start(reader);
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (textOf != null) {
            text.append(reader.getText());
          }
        }
        case XMLStreamConstants.END_ELEMENT -> end();
        default -> {}
      }
    }
  }

  private void start(XMLStreamReader2 reader) {
    if (path.isEmpty()) {
      kind = DocumentKind.ofRoot(reader.getLocalName());
    }
    path.append('/').append(reader.getLocalName());
    textOf = null;
    switch (reader.getLocalName()) {
      case "name", "uuid" -> {
        textOf = ROLES.get(path.toString());
        text.setLength(0);
        tag = here(reader);
      }
      case "mac" -> attribute(reader, "address");
      case "after" -> attribute(reader, "domain");
      case "bridge" -> attribute(reader, "name");
      case "source", "target" -> {
        mention(reader, "dir");
        mention(reader, "file");
        mention(reader, "dev");
      }
      default -> {}
    }
  }

  private static Position here(XMLStreamReader2 reader) {
    Location location = reader.getLocationInfo().getStartLocation();
    return new Position(location.getLineNumber(), location.getColumnNumber());
  }

  private void attribute(XMLStreamReader2 reader, String name) {
    Claim.Role role = ROLES.get(path + "@" + name);
    String value = reader.getAttributeValue(null, name);
    if (role != null && value != null) {
      add(role, value, faults.text().attribute(here(reader), name));
    }
  }

  private void mention(XMLStreamReader2 reader, String attribute) {
    String value = reader.getAttributeValue(null, attribute);
    if (value != null) {
      mentions.add(new Mention(here(reader), attribute, value));
    }
  }

  /** Where a path is first named from a place on; the place itself if it is not. */
  Position mention(Path path, Position from) {
    for (Mention mention : mentions) {
      if (mention.tag().compareTo(from) >= 0 && path.equals(Path.of(mention.value()))) {
        return faults.text().attribute(mention.tag(), mention.attribute());
      }
    }
    return from;
  }

  private void end() {
    if (textOf != null) {
      add(textOf, text.toString(), faults.text().content(tag));
      textOf = null;
    }
    path.setLength(path.lastIndexOf("/"));
  }

  private void add(Claim.Role role, String value, Position at) {
    String plain = value.strip();
    String compared =
        switch (role) {
          case UUID -> plain.replace("-", "").toLowerCase(Locale.ROOT);
          case MAC -> plain.toLowerCase(Locale.ROOT);
          case NAME, BRIDGE, AFTER -> plain;
          case UPPER, WORK, WRITABLE_IMAGE, WRITABLE_DEVICE, READ_IMAGE, READ_DEVICE, LAYER ->
              throw new IllegalArgumentException("no identity: " + role);
        };
    if (!compared.isEmpty()) {
      claims.add(new Claim(role, compared, at, faults.text().excerpt(at)));
    }
  }
}
