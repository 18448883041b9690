// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.xml.DocumentText.Replacement;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of an element that holds no other, character by character with the place where each one
 * is written: plainly, in a CDATA section or as a reference.
 */
final class ElementText {
  /** Where one character of the value is written, and whether it is white space. */
  private record Written(int from, int to, boolean blank) {}

  private final String text;
  private final int to;
  private final List<Written> characters = new ArrayList<>();

  private ElementText(String text, int to) {
    this.text = text;
    this.to = to;
  }

  /**
   * Another value; white space around it, comments and sections stay as they are.
   *
   * @param from where the content of the element begins
   * @param to where its end tag begins
   */
  static List<Replacement> replace(String text, int from, int to, String value) {
    ElementText element = new ElementText(text, to);
    element.scan(from);
    return element.replacements(value);
  }

  private void scan(int from) {
    int at = from;
    while (at < to) {
      if (text.startsWith("<!--", at)) {
        at = after("-->", at + 4);
      } else if (text.startsWith("<?", at)) {
        at = after("?>", at + 2);
      } else if (text.startsWith("<![CDATA[", at)) {
        int end = text.indexOf("]]>", at);
        for (int inside = at + 9; inside < end; inside++) {
          add(inside, inside + 1, text.charAt(inside));
        }
        at = end + 3;
      } else {
        int next = text.charAt(at) == '&' ? after(";", at) : at + 1;
        add(at, next, character(at, next));
        at = next;
      }
    }
  }

  private int after(String mark, int from) {
    return text.indexOf(mark, from) + mark.length();
  }

  /** What a character or a reference stands for; of the named ones none is white space. */
  private char character(int from, int next) {
    if (!text.startsWith("&#", from)) {
      return text.charAt(from);
    }
    boolean hexadecimal = text.charAt(from + 2) == 'x';
    String digits = text.substring(from + (hexadecimal ? 3 : 2), next - 1);
    return (char) Integer.parseInt(digits, hexadecimal ? 16 : 10);
  }

  private void add(int from, int next, char character) {
    boolean blank = character == ' ' || character == '\t' || character == '\n' || character == '\r';
    characters.add(new Written(from, next, blank));
  }

  /** The new value takes the place of the first characters that stand together. */
  private List<Replacement> replacements(String value) {
    List<Replacement> replacements = new ArrayList<>();
    String rest = value;
    for (Written character : withoutSpaceAround()) {
      boolean adjoins = !replacements.isEmpty() && replacements.getLast().to() == character.from();
      int from = adjoins ? replacements.removeLast().from() : character.from();
      replacements.add(new Replacement(from, character.to(), ""));
    }
    List<Replacement> filled = new ArrayList<>();
    for (Replacement replacement : replacements) {
      filled.add(new Replacement(replacement.from(), replacement.to(), rest));
      rest = "";
    }
    return filled;
  }

  private List<Written> withoutSpaceAround() {
    int first = 0;
    int end = characters.size();
    while (first < end && characters.get(first).blank()) {
      first++;
    }
    while (end > first && characters.get(end - 1).blank()) {
      end--;
    }
    return characters.subList(first, end);
  }
}
