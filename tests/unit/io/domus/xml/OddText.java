// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.nio.charset.Charset;
import java.util.List;
import java.util.SplittableRandom;

/** Text with every character that a writer or a reader may trip over. */
final class OddText {
  private static final List<String> PIECES =
      List.of(
          "a", "Z", "0", " ", "  ", "\t", "\n", "\r", "\r\n", "'", "\"", "&", "<", ">", "]]>", "--",
          "&amp;", "&#10;", "=", ",", ":", "ü", "\u0085", "\u2028", "\u00A0", "\uFFFD", "🐧", "%",
          "\\", "..", "<!--", "<?x?>");

  private static final Charset FILE_NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private final SplittableRandom random;

  OddText(SplittableRandom random) {
    this.random = random;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(12); left > 0; left--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  /** The end of a file's name, in characters that this machine's locale can express. */
  String inPath() {
    StringBuilder name = new StringBuilder();
    text()
        .codePoints()
        .mapToObj(Character::toString)
        .filter(FILE_NAMES.newEncoder()::canEncode)
        .forEach(name::append);
    return name + "x";
  }
}
