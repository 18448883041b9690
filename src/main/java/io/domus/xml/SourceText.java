// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;

/**
 * The characters of a document, for messages: finds the place of an attribute or a text, and cuts
 * out lines. Made only once there is a fault.
 */
final class SourceText {
  private static final int WIDTH = 160;

  private final String text;
  private final int[] lineStarts;

  private SourceText(String text) {
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  static SourceText decode(byte[] bytes, Charset charset) {
    String text = new String(bytes, charset);
    return new SourceText(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16];
    int lines = 1;
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      boolean end =
          character == '\n'
              || (character == '\r' && !(at + 1 < text.length() && text.charAt(at + 1) == '\n'));
      if (end) {
        if (lines == starts.length) {
          starts = Arrays.copyOf(starts, lines * 2);
        }
        starts[lines++] = at + 1;
      }
    }
    return Arrays.copyOf(starts, lines);
  }

  int offset(Position position) {
    int line = Math.clamp(position.line() - 1L, 0, lineStarts.length - 1);
    return Math.min(lineStarts[line] + position.column() - 1, text.length());
  }

  Position position(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    int line = found >= 0 ? found : -found - 2;
    return new Position(line + 1, offset - lineStarts[line] + 1);
  }

  /** The place of an attribute's name in the tag that starts at {@code tag}. */
  Position attribute(Position tag, String qualifiedName) {
    return attribute(tag, qualifiedName, 1);
  }

  /** The place of the n-th occurrence of an attribute's name. */
  Position attribute(Position tag, String qualifiedName, int occurrence) {
    int left = occurrence;
    int at = offset(tag) + 1;
    while (at < text.length() && !isSpace(text.charAt(at)) && !endsTag(text.charAt(at))) {
      at++;
    }
    while (at < text.length() && !endsTag(text.charAt(at))) {
      if (isSpace(text.charAt(at))) {
        at++;
        continue;
      }
      int equals = text.indexOf('=', at);
      if (equals < 0) {
        break;
      }
      if (text.substring(at, equals).strip().equals(qualifiedName) && --left == 0) {
        return position(at);
      }
      at = skipSpace(equals + 1);
      int close = at < text.length() ? text.indexOf(text.charAt(at), at + 1) : -1;
      if (close < 0) {
        break;
      }
      at = close + 1;
    }
    return tag;
  }

  /** The place of the first text that is not white space in the element that starts here. */
  Position content(Position tag) {
    int at = offset(tag);
    char quote = 0;
    while (at < text.length() && (quote != 0 || text.charAt(at) != '>')) {
      char character = text.charAt(at);
      if (quote != 0) {
        quote = character == quote ? 0 : quote;
      } else if (character == '"' || character == '\'') {
        quote = character;
      }
      at++;
    }
    if (at >= text.length() || text.charAt(at - 1) == '/') {
      return tag;
    }
    Position found = firstText(position(at + 1));
    return text.startsWith("</", offset(found)) ? tag : found;
  }

  /** The first character from here on that is neither white space nor part of a comment. */
  Position firstText(Position from) {
    int at = skipSpace(offset(from));
    while (text.startsWith("<!--", at)) {
      int close = text.indexOf("-->", at + 4);
      if (close < 0) {
        return from;
      }
      at = skipSpace(close + 3);
    }
    return at < text.length() ? position(at) : from;
  }

  /**
   * The last occurrence at or before a place: where the markup begins that a parser stumbled on.
   */
  Position before(Position position, String markup) {
    int at = text.lastIndexOf(markup, Math.min(offset(position), text.length() - 1));
    return at < 0 ? position : position(at);
  }

  /** The place right after a beginning of this text. */
  Position end(CharSequence beginning) {
    boolean marked = !beginning.isEmpty() && beginning.charAt(0) == '\uFEFF';
    return position(Math.min(beginning.length() - (marked ? 1 : 0), text.length()));
  }

  /** The place of the first code that is no character, which Java decodes and XML refuses. */
  Optional<Position> firstNonCharacter() {
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) >= '\uFFFE') {
        return Optional.of(position(at));
      }
    }
    return Optional.empty();
  }

  private int skipSpace(int from) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at))) {
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

  /** The line of a place, cut to a window around it if it is long. */
  XmlFault.Excerpt excerpt(Position position) {
    int at = offset(position);
    int line = Math.clamp(position.line() - 1L, 0, lineStarts.length - 1);
    int start = lineStarts[line];
    int end = line + 1 < lineStarts.length ? lineStarts[line + 1] : text.length();
    while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    int from = at - start > WIDTH ? at - WIDTH / 2 : start;
    int to = Math.min(end, from + WIDTH);
    String cut = text.substring(from, Math.max(from, to));
    String before = from > start ? "…" : "";
    String after = to < end ? "…" : "";
    return new XmlFault.Excerpt(
        before + Printable.text(cut) + after,
        before.length() + Math.clamp(at - from, 0, cut.length()));
  }
}
