// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

/**
 * Where a new element goes.
 *
 * @param lead what sets it apart from what stands before it: nothing, or a line end and spaces
 */
record Placement(int at, String lead) {
  /**
   * Right after a sibling, set apart from it as that is from what stands before it.
   *
   * @param sibling a child of the root
   */
  static Placement after(String text, DocumentOutline outline, DocumentOutline.Part sibling) {
    String lead = lead(text, sibling.from());
    return new Placement(
        lead.isEmpty() ? sibling.to() : afterRemarks(text, outline, sibling), lead);
  }

  /** The line end and the spaces before something that begins a line; empty if it does not. */
  private static String lead(String text, int from) {
    int start = from;
    while (start > 0 && isSpace(text.charAt(start - 1))) {
      start--;
    }
    int end = start;
    if (start > 0 && text.charAt(start - 1) == '\n') {
      start--;
    }
    if (start > 0 && text.charAt(start - 1) == '\r') {
      start--;
    }
    return start < end ? text.substring(start, from) : "";
  }

  /** Comments behind the sibling stay with it, if they end its line. */
  private static int afterRemarks(
      String text, DocumentOutline outline, DocumentOutline.Part sibling) {
    int at = sibling.to();
    for (DocumentOutline.Part part : outline.children()) {
      if (part.isComment() && part.from() == skipSpace(text, at) && isOneLine(text, part)) {
        at = part.to();
      }
    }
    return isLineEnd(text.charAt(skipSpace(text, at))) ? at : sibling.to();
  }

  private static boolean isOneLine(String text, DocumentOutline.Part part) {
    return text.substring(part.from(), part.to()).chars().noneMatch(Placement::isLineEnd);
  }

  private static int skipSpace(String text, int from) {
    int at = from;
    while (isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(char character) {
    return character == ' ' || character == '\t';
  }

  private static boolean isLineEnd(int character) {
    return character == '\n' || character == '\r';
  }
}
