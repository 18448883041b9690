// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import com.ctc.wstx.exc.WstxEOFException;
import com.ctc.wstx.exc.WstxUnexpectedCharException;
import java.io.CharConversionException;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamException;

/** Turns the parser's complaint about text that is not XML into a fault of ours. */
final class IllFormed {
  private static final String RULE = "xml.not-well-formed";

  private final XMLStreamException complaint;
  private final Faults faults;
  private final List<OpenElement> path;
  private final Position at;

  private IllFormed(
      XMLStreamException complaint, Faults faults, List<OpenElement> path, Position fallback) {
    this.complaint = complaint;
    this.faults = faults;
    this.path = path;
    Location location = complaint.getLocation();
    this.at =
        location == null
            ? fallback
            : new Position(location.getLineNumber(), Math.max(1, location.getColumnNumber()));
  }

  /**
   * Tells the fault.
   *
   * @param fallback where the parser was, for complaints without a place
   */
  static DocumentRefused refuse(
      XMLStreamException complaint, Faults faults, List<OpenElement> path, Position fallback) {
    new IllFormed(complaint, faults, path, fallback).tell();
    return new DocumentRefused();
  }

  private void tell() {
    String message = message();
    if (complaint.getNestedException() instanceof CharConversionException) {
      tell(
          "xml.encoding",
          faults.badBytes().or(text()::firstNonCharacter).orElse(at),
          "this is no character of " + faults.encoding());
    } else if (message.startsWith("Unsupported encoding")) {
      tell("xml.encoding", Position.START, "unknown encoding" + message.substring(20));
    } else if (message.contains("physical encoding")) {
      tell("xml.encoding", at, "the declared encoding is not the one that is used");
    } else if (message.startsWith("Maximum attribute size")) {
      String limit =
          "an attribute of more than %d KiB".formatted(XmlInput.MAX_ATTRIBUTE_LENGTH >> 10);
      tell("xml.attribute-too-long", text().before(at, "<"), limit);
    } else if (message.startsWith("Attribute limit")) {
      String limit = "more than %d attributes".formatted(XmlInput.MAX_ATTRIBUTES);
      tell("xml.too-many-attributes", text().before(at, "<"), limit);
    } else if (complaint instanceof WstxEOFException) {
      tellEnd(message);
    } else if (complaint instanceof WstxUnexpectedCharException) {
      tellCharacter(message);
    } else {
      tellMarkup(message);
    }
  }

  private SourceText text() {
    return faults.text();
  }

  private void tellEnd(String message) {
    if (message.contains("close tag") && !path.isEmpty()) {
      OpenElement open = path.getLast();
      tell(RULE, open.at, "<" + open.name + "> is not closed");
    } else if (message.contains("in prolog")) {
      tell(RULE, at, "the document has no element");
    } else if (message.contains("comment")) {
      tell(RULE, text().before(at, "<!--"), "the comment is not closed");
    } else {
      tell(RULE, text().before(at, "<"), "the document ends within this");
    }
  }

  private void tellCharacter(String message) {
    if (message.contains("(missing name?)") || message.contains("semi-colon")) {
      tell(RULE, text().before(at, "&"), "'&' stands for itself only as &amp;");
    } else if (message.contains("in attribute value")) {
      tell(RULE, at, "'<' in an attribute is written &lt;");
    } else if (message.contains("Expected a quote")) {
      tell(RULE, at, "the value of an attribute needs quotes");
    } else if (message.contains("in prolog; expected '<'")) {
      tell(RULE, at, "text before the root element");
    } else if (message.contains("in epilog; expected '<'")) {
      tell(RULE, at, "text after the root element");
    } else if (message.contains("CTRL-CHAR")) {
      tell(RULE, at, "XML cannot hold this control character");
    } else {
      tell(RULE, at, plain(message));
    }
  }

  private void tellMarkup(String message) {
    Position markup = text().before(at, "<");
    String name = quoted(message);
    if (message.startsWith("Unexpected close tag") && !path.isEmpty()) {
      OpenElement open = path.getLast();
      String close = message.substring(message.indexOf("</"), message.indexOf('>') + 1);
      tell(
          RULE,
          markup,
          "unexpected %s, open is <%s> of line %d".formatted(close, open.name, open.at.line()));
    } else if (message.contains("in epilog (extra close tag")) {
      tell(RULE, markup, "no element is open here");
    } else if (message.contains("multiple roots")) {
      tell(RULE, markup, "a second root element");
    } else if (message.startsWith("Duplicate attribute")) {
      tell(RULE, text().attribute(markup, name, 2), "attribute '%s' occurs twice".formatted(name));
    } else if (message.startsWith("Undeclared general entity")) {
      tell(
          RULE,
          text().before(at, "&"),
          "unknown entity '&%s;', known are amp, lt, gt, apos and quot".formatted(name));
    } else if (message.startsWith("Undeclared namespace prefix")) {
      tell(RULE, markup, "the namespace prefix '%s' is not declared".formatted(name));
    } else {
      tell(RULE, at, plain(message));
    }
  }

  private void tell(String rule, Position place, String message) {
    faults.error(rule, place, Printable.text(message));
  }

  /** The first line: the others say where, in the parser's own way. */
  private String message() {
    String message = complaint.getMessage() == null ? "not well-formed" : complaint.getMessage();
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private static String plain(String message) {
    String bare = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    return bare.substring(0, 1).toLowerCase(Locale.ROOT) + bare.substring(1);
  }

  /** What the complaint has in quotes, single or double. */
  private static String quoted(String message) {
    int from = message.indexOf('"');
    char quote = from >= 0 ? '"' : '\'';
    from = message.indexOf(quote);
    int to = message.indexOf(quote, from + 1);
    return from < 0 || to < 0 ? "" : message.substring(from + 1, to);
  }
}
