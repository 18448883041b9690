// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.Autostart;
import io.domus.domain.DomainDef;
import io.domus.domain.OperationFailedException;
import io.domus.domain.Origin;
import io.domus.xml.DocumentText.Replacement;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/**
 * Changes one thing in the document of a definition and leaves every other byte of it alone. What
 * comes out has been read again: it means what was asked for, and nothing else has changed.
 */
public final class DefinitionEdit {
  private static final String AUTOSTART = "autostart";
  private static final String ENABLED = "enabled";

  private final XmlSource source;
  private final DocumentText document;
  private final DocumentOutline outline;

  private DefinitionEdit(XmlSource source) {
    this.source = source;
    Faults faults = new Faults(source);
    try {
      this.outline = DocumentOutline.read(XmlInput.open(source, faults));
    } catch (XMLStreamException unreadable) {
      throw new IllegalStateException(source.file() + " was valid when it was read", unreadable);
    }
    this.document = DocumentText.of(source.bytes(), Charset.forName(faults.encoding()));
  }

  /**
   * A document that was changed.
   *
   * @param line the number of the first line that is new
   * @param text how that line reads, without white space around it
   */
  @SuppressWarnings("ArrayRecordComponent") // the bytes are passed on, never compared or changed
  public record Edited(byte[] bytes, int line, String text) {}

  /**
   * Sets whether the domain starts with the host.
   *
   * @param source a valid definition
   * @return empty if it says so already
   */
  public static Optional<Edited> autostart(XmlSource source, boolean enabled) {
    DomainDef before = read(source);
    if (before.autostart().enabled() == enabled) {
      return Optional.empty();
    }
    DefinitionEdit edit = new DefinitionEdit(source);
    Autostart autostart = before.autostart().withEnabled(enabled);
    return Optional.of(edit.done(List.of(edit.enabled(enabled)), before.withAutostart(autostart)));
  }

  /**
   * Gives the domain another name.
   *
   * @param source a valid definition
   */
  public static Edited name(XmlSource source, String name) {
    DomainDef before = read(source);
    DefinitionEdit edit = new DefinitionEdit(source);
    DocumentOutline.Part element = edit.outline.child("name").orElseThrow();
    return edit.done(
        ElementText.replace(edit.document.text(), element.content(), element.close(), name),
        before.withName(name));
  }

  /**
   * Where the content of an element right below the root begins.
   *
   * @param source a valid definition, of a domain or a network, which has it
   */
  public static Origin origin(XmlSource source, String name) {
    DefinitionEdit edit = new DefinitionEdit(source);
    DocumentOutline.Part element = edit.outline.child(name).orElseThrow();
    SourceText lines = SourceText.decode(source.bytes(), edit.document.charset());
    Position at = lines.end(edit.document.text().substring(0, element.content()));
    return new Origin(source.file(), at.line(), at.column(), element.name());
  }

  private static DomainDef read(XmlSource source) {
    return new DomainReader().read(source).orThrow();
  }

  private Replacement enabled(boolean enabled) {
    String value = enabled ? "yes" : "no";
    Optional<DocumentOutline.Part> element = outline.child(AUTOSTART);
    if (element.isEmpty()) {
      return newElement(value);
    }
    StartTag tag = tag(element.get());
    return tag.attribute(ENABLED)
        .map(attribute -> new Replacement(attribute.from(), attribute.to(), value))
        .orElseGet(() -> insertion(tag.afterName(), attribute(value, tag)));
  }

  /** Where the canonical form has it: behind the devices, on a line of its own as they are. */
  private Replacement newElement(String value) {
    DocumentOutline.Part sibling =
        outline.child("devices").or(outline::last).orElse(outline.root());
    String element = "<" + AUTOSTART + attribute(value, tag(outline.root())) + "/>";
    Placement placement = Placement.after(document.text(), outline, sibling);
    return insertion(placement.at(), placement.lead() + element);
  }

  private StartTag tag(DocumentOutline.Part element) {
    return StartTag.of(document.text(), element.from(), element.content());
  }

  /** In such quotes as the tag has already, or the root's. */
  private String attribute(String value, StartTag like) {
    StartTag quoted = like.attributes().isEmpty() ? tag(outline.root()) : like;
    char quote = document.text().charAt(quoted.attributes().getFirst().to());
    return " " + ENABLED + "=" + quote + value + quote;
  }

  private static Replacement insertion(int at, String text) {
    return new Replacement(at, at, text);
  }

  private Edited done(List<Replacement> replacements, DomainDef expected) {
    byte[] bytes = bytes(replacements);
    DomainDef after = read(XmlSource.of(source.file(), bytes));
    if (!DomainWriter.write(after).equals(DomainWriter.write(expected))) {
      throw refused("it would then say something else as well", null);
    }
    return edited(bytes, replacements.getFirst(), document.textWith(replacements));
  }

  private Edited edited(byte[] bytes, Replacement first, String text) {
    int lead = first.text().length() - first.text().stripLeading().length();
    SourceText lines = SourceText.decode(bytes, document.charset());
    Position at = lines.end(text.substring(0, first.from() + lead));
    return new Edited(bytes, at.line(), lines.excerpt(at).text().strip());
  }

  private byte[] bytes(List<Replacement> replacements) {
    try {
      return document.bytesWith(replacements);
    } catch (IllegalStateException stateful) {
      throw refused(stateful.getMessage(), stateful);
    }
  }

  private OperationFailedException refused(String why, Throwable cause) {
    return new OperationFailedException("cannot change " + source.file() + ": " + why, cause);
  }
}
