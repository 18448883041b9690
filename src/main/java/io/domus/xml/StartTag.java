// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the attributes of a start tag stand in the text of a document that a parser has found to be
 * well-formed.
 *
 * @param afterName where the element's name ends
 */
record StartTag(int afterName, List<Attribute> attributes) {
  StartTag {
    attributes = List.copyOf(attributes);
  }

  /**
   * @param name as it is written, with a prefix if it has one
   * @param from where the value begins, after its quote
   * @param to where it ends, at its other quote
   */
  record Attribute(String name, int from, int to) {}

  /**
   * @param from where the tag begins
   * @param to after its last character
   */
  static StartTag of(String text, int from, int to) {
    int at = from + 1;
    while (!isSpace(text.charAt(at)) && !endsTag(text.charAt(at))) {
      at++;
    }
    int afterName = at;
    List<Attribute> attributes = new ArrayList<>();
    at = skipSpace(text, at);
    while (at < to && !endsTag(text.charAt(at))) {
      int equals = text.indexOf('=', at);
      int open = skipSpace(text, equals + 1);
      int close = text.indexOf(text.charAt(open), open + 1);
      attributes.add(new Attribute(text.substring(at, equals).strip(), open + 1, close));
      at = skipSpace(text, close + 1);
    }
    return new StartTag(afterName, attributes);
  }

  Optional<Attribute> attribute(String name) {
    return attributes.stream().filter(attribute -> attribute.name().equals(name)).findFirst();
  }

  private static int skipSpace(String text, int from) {
    int at = from;
    while (isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean endsTag(char character) {
    return character == '>' || character == '/';
  }

  private static boolean isSpace(char character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
  }
}
