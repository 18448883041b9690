// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

/** Writes characters so that they are read back as they were. */
final class Escape {
  private Escape() {}

  /** For an attribute value in single quotes: a parser would turn bare line ends into spaces. */
  static String attribute(String value) {
    return escape(value, true);
  }

  /** For text between tags: a parser would turn a bare carriage return into a line feed. */
  static String text(String value) {
    return escape(value, false);
  }

  private static String escape(String value, boolean attribute) {
    StringBuilder escaped = null;
    for (int at = 0; at < value.length(); at++) {
      String replacement = replacement(value, at, attribute);
      if (replacement != null && escaped == null) {
        escaped = new StringBuilder(value.length() + 16).append(value, 0, at);
      }
      if (escaped != null) {
        if (replacement != null) {
          escaped.append(replacement);
        } else {
          escaped.append(value.charAt(at));
        }
      }
    }
    return escaped == null ? value : escaped.toString();
  }

  private static String replacement(String value, int at, boolean attribute) {
    char character = value.charAt(at);
    return switch (character) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> attribute ? null : "&gt;";
      case '\'' -> attribute ? "&apos;" : null;
      case '\r' -> "&#13;";
      case '\n' -> attribute ? "&#10;" : null;
      case '\t' -> attribute ? "&#9;" : null;
      default -> {
        if (!isXml(value, at)) {
          throw new IllegalArgumentException(
              "XML cannot hold the character U+%04X".formatted((int) character));
        }
        yield null;
      }
    };
  }

  private static boolean isXml(String value, int at) {
    char character = value.charAt(at);
    if (Character.isHighSurrogate(character)) {
      return at + 1 < value.length() && Character.isLowSurrogate(value.charAt(at + 1));
    }
    if (Character.isLowSurrogate(character)) {
      return at > 0 && Character.isHighSurrogate(value.charAt(at - 1));
    }
    return character >= ' ' && character != '\uFFFE' && character != '\uFFFF';
  }
}
