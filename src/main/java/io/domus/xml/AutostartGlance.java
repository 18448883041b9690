// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;

/**
 * What a definition says of autostart, seen without reading the rest of it: for those who look at
 * all definitions, valid or not, and have no time.
 *
 * @param after the domains it waits for
 */
public record AutostartGlance(boolean enabled, List<After> after) {
  private static final AutostartGlance NOTHING = new AutostartGlance(false, List.of());
  private static final byte[] TAG = "<autostart".getBytes(StandardCharsets.US_ASCII);

  public AutostartGlance {
    after = List.copyOf(after);
  }

  /**
   * A domain to wait for.
   *
   * @param line where the file says so
   */
  public record After(String domain, int line) {}

  /** Empty if the document cannot be read or says nothing that is understood. */
  public static Optional<AutostartGlance> at(XmlSource source) {
    if (!mayHoldTag(source.bytes())) {
      return Optional.of(NOTHING);
    }
    try {
      return read(XmlInput.open(source, new Faults(source)));
    } catch (XMLStreamException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * Most definitions say nothing of autostart, and then no parser is needed. No reference can stand
   * in a tag's name; wide encodings have zeros between the letters; and where there is no code of
   * {@code <} at all, the letters have other codes too.
   */
  private static boolean mayHoldTag(byte[] bytes) {
    boolean ascii = false;
    int found = 0;
    for (byte next : bytes) {
      ascii |= next == TAG[0];
      if (next == 0) {
        continue;
      }
      found = next == TAG[found] ? found + 1 : next == TAG[0] ? 1 : 0;
      if (found == TAG.length) {
        return true;
      }
    }
    return !ascii;
  }

  private static Optional<AutostartGlance> read(XMLStreamReader2 reader) throws XMLStreamException {
    List<After> after = new ArrayList<>();
    Optional<Boolean> enabled = Optional.of(false);
    boolean inside = false;
    while (reader.hasNext()) {
      if (reader.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      int depth = reader.getDepth();
      if (depth == 2) {
        inside = named(reader, "autostart");
        enabled = inside ? enabled(reader) : enabled;
      } else if (depth == 3 && inside && named(reader, "after")) {
        Location at = reader.getLocationInfo().getStartLocation();
        Optional.ofNullable(reader.getAttributeValue("", "domain"))
            .ifPresent(domain -> after.add(new After(domain.strip(), at.getLineNumber())));
      }
    }
    return enabled.map(on -> new AutostartGlance(on, after));
  }

  private static boolean named(XMLStreamReader2 reader, String name) {
    String namespace = reader.getNamespaceURI();
    return (namespace == null || namespace.isEmpty()) && reader.getLocalName().equals(name);
  }

  private static Optional<Boolean> enabled(XMLStreamReader2 reader) {
    String value = reader.getAttributeValue("", "enabled");
    return switch (value == null ? "no" : value.strip()) {
      case "yes" -> Optional.of(true);
      case "no" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
