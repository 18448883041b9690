// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;

/**
 * Whether a definition says that the domain starts with the host, seen without reading the rest of
 * it: for those who look at all definitions, valid or not, and have no time.
 */
public final class AutostartFlag {
  private static final String ELEMENT = "autostart";

  /** How the element begins, and what is probably meant to be it. */
  private static final String ALIKE = "auto";

  private static final byte[] TAG = ("<" + ALIKE).getBytes(StandardCharsets.US_ASCII);

  /** Those of its attributes; with another one it does not say what it is meant to. */
  private static final Set<String> ATTRIBUTES =
      Set.of("enabled", "priority", "time", "retry", "retryDelay");

  private static final byte[] END = "</domain>".getBytes(StandardCharsets.US_ASCII);

  private AutostartFlag() {}

  /** Empty if the document cannot be read or says nothing that is understood. */
  public static Optional<Boolean> of(XmlSource source) {
    if (!mayHoldTag(source.bytes()) && isWhole(source.bytes())) {
      return Optional.of(false);
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

  /** One that was cut short may have said it further on. */
  private static boolean isWhole(byte[] bytes) {
    int left = END.length;
    for (int index = bytes.length - 1; index >= 0 && left > 0; index--) {
      boolean space = bytes[index] == 0 || Character.isWhitespace(bytes[index]);
      if (space && left >= END.length - 1) {
        continue;
      }
      if (bytes[index] != 0 && bytes[index] != END[--left]) {
        return false;
      }
    }
    return left == 0;
  }

  private static Optional<Boolean> read(XMLStreamReader2 reader) throws XMLStreamException {
    Optional<Boolean> enabled = Optional.of(false);
    while (reader.hasNext()) {
      boolean child =
          reader.next() == XMLStreamConstants.START_ELEMENT
              && reader.getDepth() == 2
              && reader.getNamespaceURI().isEmpty();
      if (child && reader.getLocalName().equals(ELEMENT)) {
        enabled =
            known(reader) ? enabled(reader.getAttributeValue("", "enabled")) : Optional.empty();
      } else if (child && reader.getLocalName().startsWith(ALIKE)) {
        return Optional.empty();
      }
    }
    return enabled;
  }

  private static boolean known(XMLStreamReader2 reader) {
    return IntStream.range(0, reader.getAttributeCount())
        .filter(index -> reader.getAttributeNamespace(index).isEmpty())
        .mapToObj(reader::getAttributeLocalName)
        .allMatch(ATTRIBUTES::contains);
  }

  private static Optional<Boolean> enabled(String value) {
    return switch (value == null ? "no" : value.strip()) {
      case "yes" -> Optional.of(true);
      case "no" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
