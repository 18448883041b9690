// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

/** Any text as XML 1.0 can hold it: what it cannot hold becomes a replacement character. */
final class XmlText {
  private XmlText() {}

  /** For an attribute in double quotes, where a parser would take line ends for spaces. */
  static String attribute(String text) {
    return content(text).replace("\"", "&quot;").replace("\n", "&#10;").replace("\t", "&#9;");
  }

  /** For the text of an element. */
  static String content(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(character -> append(escaped, character));
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, int character) {
    switch (character) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '\r' -> escaped.append("&#13;");
      default -> escaped.appendCodePoint(isXml(character) ? character : '\uFFFD');
    }
  }

  private static boolean isXml(int character) {
    boolean surrogate =
        character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    boolean space = character == '\n' || character == '\t';
    return (character >= ' ' || space)
        && !surrogate
        && character != '\uFFFE'
        && character != '\uFFFF';
  }
}
