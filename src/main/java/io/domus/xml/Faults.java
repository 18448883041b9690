// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.xml.bind.Located;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects the faults of one document, each once. */
final class Faults {
  /** So that a document of nothing but faults does not fill the terminal. */
  static final int LIMIT = 500;

  private final XmlSource source;
  private final List<XmlFault> faults = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private Charset charset = StandardCharsets.UTF_8;
  private SourceText text;
  private int errors;

  Faults(XmlSource source) {
    this.source = source;
  }

  void error(String rule, Position at, String message) {
    error(rule, at, message, List.of());
  }

  void error(String rule, Position at, String message, List<String> expected) {
    add(XmlFault.Severity.ERROR, rule, at, message, expected);
  }

  void warning(String rule, Position at, String message) {
    add(XmlFault.Severity.WARNING, rule, at, message, List.of());
  }

  private void add(
      XmlFault.Severity severity, String rule, Position at, String message, List<String> expected) {
    if (severity == XmlFault.Severity.ERROR) {
      errors++;
    }
    if (full() || !seen.add(at.line() + ":" + at.column() + rule + message)) {
      return;
    }
    if (faults.size() == LIMIT) {
      faults.add(fault(XmlFault.Severity.ERROR, "xml.too-many-faults", at, tooMany(), List.of()));
      return;
    }
    faults.add(fault(severity, rule, at, message, expected));
  }

  private static String tooMany() {
    return "more than " + LIMIT + " faults: the rest is not shown";
  }

  private XmlFault fault(
      XmlFault.Severity severity, String rule, Position at, String message, List<String> expected) {
    return new XmlFault(
        source.file(),
        at.line(),
        at.column(),
        severity,
        rule,
        message,
        expected,
        source.tooLarge() ? XmlFault.Excerpt.NONE : text().excerpt(at));
  }

  /** The encoding, once the parser knows it. */
  void decodeAs(Charset found) {
    charset = found;
    text = null;
  }

  SourceText text() {
    if (text == null) {
      text = SourceText.decode(source.bytes(), charset);
    }
    return text;
  }

  String encoding() {
    return charset.name();
  }

  /** The place of the first bytes that the encoding has no character for, if there are any. */
  Optional<Position> badBytes() {
    ByteBuffer in = ByteBuffer.wrap(source.bytes());
    CharBuffer out = CharBuffer.allocate(source.bytes().length + 1);
    CoderResult result =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    return result.isError() ? Optional.of(text().end(out.flip())) : Optional.empty();
  }

  static Position of(Located element) {
    return new Position(element.line, element.column);
  }

  Position attribute(Located element, String name) {
    return text().attribute(of(element), name);
  }

  Position content(Located element) {
    return text().content(of(element));
  }

  boolean failed() {
    return errors > 0;
  }

  /** Whether more would not be shown. */
  boolean full() {
    return faults.size() > LIMIT;
  }

  /** How many errors there are so far: shows whether an element brought any. */
  int errors() {
    return errors;
  }

  /** In the order of the document. */
  List<XmlFault> sorted() {
    return faults.stream()
        .sorted(Comparator.comparingInt(XmlFault::line).thenComparingInt(XmlFault::column))
        .toList();
  }
}
