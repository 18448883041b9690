// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.List;
import java.util.Objects;

/**
 * One thing that is wrong with a document, or odd about it.
 *
 * @param file as the user named it
 * @param line 1-based, of the culprit itself; 0 if it has no place that anybody has seen
 * @param column 1-based, in characters
 * @param rule the id of what was broken, such as {@code fs.duplicate-target}
 * @param message one line, without position and rule
 * @param expected what may stand there, empty if that is not a short list
 * @param excerpt the line of the document that holds the culprit
 */
public record XmlFault(
    String file,
    int line,
    int column,
    Severity severity,
    String rule,
    String message,
    List<String> expected,
    Excerpt excerpt) {
  /** Whether the document is refused for it. */
  public enum Severity {
    ERROR,
    WARNING
  }

  /**
   * What the reader of a message needs to see of a line.
   *
   * @param text the line, shortened if it is long
   * @param caret where in the text the culprit begins, 0-based
   */
  public record Excerpt(String text, int caret) {
    public static final Excerpt NONE = new Excerpt("", 0);

    public Excerpt {
      Objects.requireNonNull(text, "text");
    }
  }

  public XmlFault {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(message, "message");
    expected = List.copyOf(expected);
    Objects.requireNonNull(excerpt, "excerpt");
  }

  /** The same at another place. */
  XmlFault movedTo(String document, Position at, Excerpt there) {
    return new XmlFault(document, at.line(), at.column(), severity, rule, message, expected, there);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }
}
