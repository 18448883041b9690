// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * XML text under construction, indented by two spaces. Attributes are given as names and values in
 * turn; one whose value is null is left out.
 */
final class Markup {
  private final StringBuilder text = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  void open(String name, String... attributes) {
    tag(name, attributes).append(">\n");
    open.push(name);
  }

  void close() {
    String name = open.pop();
    indent().append("</").append(name).append(">\n");
  }

  void empty(String name, String... attributes) {
    tag(name, attributes).append("/>\n");
  }

  void leaf(String name, String content, String... attributes) {
    tag(name, attributes)
        .append('>')
        .append(Escape.text(content))
        .append("</")
        .append(name)
        .append(">\n");
  }

  /** An amount of memory, in KiB where that is a whole number. */
  void amount(String name, long bytes) {
    boolean whole = bytes % Quantity.KIB == 0;
    String number = Long.toString(whole ? bytes / Quantity.KIB : bytes);
    leaf(name, number, "unit", whole ? "KiB" : "bytes");
  }

  /** Something that is XML already, on a line of its own. */
  void verbatim(String xml) {
    indent().append(xml).append('\n');
  }

  private StringBuilder tag(String name, String... attributes) {
    indent().append('<').append(name);
    for (int index = 0; index < attributes.length; index += 2) {
      if (attributes[index + 1] != null) {
        text.append(' ').append(attributes[index]).append("='");
        text.append(Escape.attribute(attributes[index + 1])).append('\'');
      }
    }
    return text;
  }

  private StringBuilder indent() {
    return text.repeat("  ", open.size());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
