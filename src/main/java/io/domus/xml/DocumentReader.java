// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.util.StreamReaderDelegate;
import org.codehaus.stax2.XMLStreamReader2;
import org.codehaus.stax2.validation.XMLValidator;

/**
 * The one pass over a document. Whoever pulls events out of it gets those that matter; on the way
 * they are checked against the limits, the schema and the number of times an element may occur.
 * What is unknown, ignored or foreign is passed over.
 */
final class DocumentReader extends StreamReaderDelegate {
  /** As libxml2: 250 overlays in one another, each more than overlayfs itself can stack. */
  static final int MAX_DEPTH = 256;

  /** What is told of. */
  enum Scope {
    /** What the schema says, and nothing else. */
    SCHEMA,
    /** Also what occurs too often and what has no effect. */
    DEFINITION
  }

  private final XMLStreamReader2 reader;
  private final Scope scope;
  private final Faults faults;
  private final Set<DocumentKind> expected;
  private final List<OpenElement> path = new ArrayList<>();

  /** Known when the root element has been seen, as the next two are. */
  private DocumentKind kind;

  private SchemaFeed feed;
  private Vocabulary vocabulary;
  private OpenElement closed;
  private Optional<String> metadata = Optional.empty();
  private final Map<String, String> verbatim = new HashMap<>();

  /** How many open elements there were where an element began that is checked but not shown. */
  private int hiddenFrom = Integer.MAX_VALUE;

  private DocumentReader(
      XMLStreamReader2 reader, Scope scope, Set<DocumentKind> expected, Faults faults) {
    super(reader);
    this.scope = scope;
    this.reader = reader;
    this.expected = expected;
    this.faults = faults;
  }

  /**
   * @param expected the kinds that the document may be of
   * @throws DocumentRefused if there is nothing to read; the fault is then told
   */
  static DocumentReader open(
      XmlSource source, Scope scope, Set<DocumentKind> expected, Faults faults)
      throws DocumentRefused {
    return new DocumentReader(XmlInput.open(source, faults), scope, expected, faults);
  }

  /**
   * Goes to the root element, whose start tag is then the current event.
   *
   * @throws DocumentRefused if it is of no kind that is expected
   */
  DocumentKind root() throws XMLStreamException {
    while (next() != START_ELEMENT) {
      // What stands before it says nothing.
    }
    return kind;
  }

  /** The inner XML of {@code <metadata>}. */
  Optional<String> metadata() {
    return metadata;
  }

  /** The elements that are kept as they stand, by name. */
  Map<String, String> verbatim() {
    return Map.copyOf(verbatim);
  }

  /** Whether the schema refused a part of the element that was closed last. */
  boolean incomplete() {
    return closed != null && closed.incomplete;
  }

  /** Reads what is left, for its faults. */
  void drain() throws XMLStreamException {
    while (hasNext()) {
      next();
    }
  }

  @Override
  public int next() throws XMLStreamException {
    while (true) {
      int event = advance();
      switch (event) {
        case START_ELEMENT -> {
          if (start() && path.size() <= hiddenFrom) {
            return event;
          }
        }
        case END_ELEMENT -> {
          boolean shown = path.size() <= hiddenFrom;
          feed.end();
          closed = path.removeLast();
          if (path.size() == hiddenFrom) {
            hiddenFrom = Integer.MAX_VALUE;
          }
          if (shown) {
            return event;
          }
        }
        case CHARACTERS, CDATA, SPACE -> {
          if (!path.isEmpty()) {
            feed.text(reader.getText(), here());
          }
          if (path.size() <= hiddenFrom) {
            return event;
          }
        }
        case DTD -> throw refuse("xml.doctype", here(), "document type declarations are refused");
        default -> {
          return event;
        }
      }
    }
  }

  private int advance() throws XMLStreamException {
    try {
      return reader.next();
    } catch (XMLStreamException e) {
      Location current = reader.getLocationInfo().getCurrentLocation();
      throw IllFormed.refuse(
          e, faults, path, new Position(current.getLineNumber(), current.getColumnNumber()));
    }
  }

  private DocumentRefused refuse(String rule, Position at, String message) {
    faults.error(rule, at, message);
    return new DocumentRefused();
  }

  private Position here() {
    Location location = reader.getLocationInfo().getStartLocation();
    return new Position(location.getLineNumber(), location.getColumnNumber());
  }

  /**
   * Checks a start tag.
   *
   * @return false if the whole element has been passed over
   */
  private boolean start() throws XMLStreamException {
    if (path.size() >= MAX_DEPTH) {
      throw tooDeep();
    }
    if (faults.full()) {
      throw new DocumentRefused();
    }
    Position at = here();
    OpenElement element = new OpenElement(reader.getLocalName(), at);
    OpenElement parent = path.isEmpty() ? null : path.getLast();
    path.add(element);
    if (parent == null) {
      recognise(element);
    } else {
      element.key = vocabulary.key(parent.name, element.name);
    }
    if (!feed.start()) {
      return passOver();
    }
    if (!feed.attributes()) {
      if (parent != null) {
        parent.incomplete = true;
      }
      feed.close();
      return passOver();
    }
    if (parent == null) {
      warnOfAttributes(element);
      return true;
    }
    return inside(parent, element);
  }

  private void recognise(OpenElement root) throws XMLStreamException {
    Optional<DocumentKind> found = DocumentKind.ofRoot(root.name);
    if (found.isEmpty() && expected.size() > 1) {
      List<String> roots = expected.stream().map(DocumentKind::root).toList();
      faults.error(
          "schema.unknown-element",
          root.at,
          "unknown element <%s> as root%s".formatted(root.name, NearestName.hint(root.name, roots)),
          roots);
      throw new DocumentRefused();
    }
    kind = found.filter(expected::contains).orElseGet(() -> expected.iterator().next());
    vocabulary = kind.vocabulary();
    feed = new SchemaFeed(reader, faults, path, kind);
  }

  private boolean inside(OpenElement parent, OpenElement element) throws XMLStreamException {
    if (path.size() > hiddenFrom) {
      return true;
    }
    Optional<Unhonoured> unhonoured = vocabulary.element(parent.key, element.name);
    if (unhonoured.isPresent()) {
      warn(unhonoured.get(), element.at, "<" + element.name + ">");
      if (element.content == XMLValidator.CONTENT_ALLOW_ANY_TEXT) {
        feed.close();
        return passOver();
      }
      hiddenFrom = path.size() - 1;
      return true;
    }
    once(parent, element);
    warnOfAttributes(element);
    if (element.name.equals("metadata")) {
      MetadataText text = new MetadataText(this::advanceWithin, reader, faults);
      metadata = Optional.of(text.read(scope == Scope.DEFINITION));
      feed.close();
      path.removeLast();
      return false;
    }
    if (path.size() == 2 && vocabulary.verbatim().contains(element.name)) {
      MetadataText text = new MetadataText(this::advanceWithin, reader, faults);
      verbatim.putIfAbsent(element.name, text.whole());
      feed.close();
      path.removeLast();
      return false;
    }
    return true;
  }

  private void warn(Unhonoured why, Position at, String what) {
    if (scope == Scope.DEFINITION) {
      faults.warning(why.rule(), at, what + " " + why.text());
    }
  }

  private void once(OpenElement parent, OpenElement element) {
    if (scope == Scope.SCHEMA || vocabulary.mayRepeat(parent.key, element.name)) {
      return;
    }
    parent
        .child(element.name, element.at)
        .ifPresent(
            first ->
                faults.error(
                    "once." + element.name,
                    element.at,
                    "<%s> may occur once in <%s>, the first is in line %d"
                        .formatted(element.name, parent.name, first.line())));
  }

  private void warnOfAttributes(OpenElement element) {
    if (scope == Scope.SCHEMA) {
      return;
    }
    for (int index = 0; index < reader.getAttributeCount(); index++) {
      String name = reader.getAttributeLocalName(index);
      Optional<Unhonoured> unhonoured = vocabulary.attribute(element.key, name);
      if (unhonoured.isPresent()) {
        warn(
            unhonoured.get(),
            faults.text().attribute(element.at, name),
            "attribute '" + name + "' of <" + element.name + ">");
      }
    }
  }

  /** Moves to the end tag of the element that is last in the path, and takes it off. */
  private boolean passOver() throws XMLStreamException {
    if (path.size() == 1) {
      throw new DocumentRefused();
    }
    for (int depth = 1; depth > 0; ) {
      switch (advanceWithin(depth)) {
        case START_ELEMENT -> depth++;
        case END_ELEMENT -> depth--;
        default -> {}
      }
    }
    path.removeLast();
    return false;
  }

  private int advanceWithin(int depth) throws XMLStreamException {
    int event = advance();
    if (event == START_ELEMENT && path.size() + depth > MAX_DEPTH) {
      throw tooDeep();
    }
    return event;
  }

  private DocumentRefused tooDeep() {
    return refuse("xml.too-deep", here(), "more than " + MAX_DEPTH + " elements in one another");
  }
}
