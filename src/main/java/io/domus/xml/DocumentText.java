// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The characters of a document, for changes that leave alone every byte they are not about. */
final class DocumentText {
  private final byte[] bytes;
  private final Charset charset;
  private final int mark;
  private final String text;

  private DocumentText(byte[] bytes, Charset charset) {
    this.bytes = bytes;
    this.charset = charset;
    this.mark = mark(bytes, charset);
    this.text = new String(bytes, mark, bytes.length - mark, charset);
  }

  /**
   * Other characters in the place of some.
   *
   * @param from the first character replaced
   * @param to the first one that stays, no less than {@code from}
   */
  record Replacement(int from, int to, String text) {
    Replacement {
      if (from < 0 || to < from) {
        throw new IllegalArgumentException("no range: " + from + " to " + to);
      }
    }

    /** Where a part of the text is after this change; -1 if it is no part. */
    int placeOf(String part) {
      int within = text.indexOf(part);
      return within < 0 ? -1 : from + within;
    }
  }

  /**
   * @param charset as the parser found it
   */
  static DocumentText of(byte[] bytes, Charset charset) {
    return new DocumentText(bytes, charset);
  }

  /** The length of a byte order mark. */
  private static int mark(byte[] bytes, Charset charset) {
    byte[] mark = "\uFEFF".getBytes(charset);
    boolean marked =
        mark.length <= bytes.length
            && new String(mark, charset).endsWith("\uFEFF")
            && Arrays.equals(mark, Arrays.copyOf(bytes, mark.length));
    return marked ? mark.length : 0;
  }

  /** Without the byte order mark; line ends and references are as they are written. */
  String text() {
    return text;
  }

  Charset charset() {
    return charset;
  }

  /** The characters with these changes. */
  String textWith(List<Replacement> replacements) {
    StringBuilder changed = new StringBuilder(text);
    for (Replacement replacement : sorted(replacements).reversed()) {
      changed.replace(replacement.from(), replacement.to(), replacement.text());
    }
    return changed.toString();
  }

  /**
   * The bytes of the document with these changes, which must not overlap.
   *
   * @throws IllegalStateException if the encoding cannot be changed in the middle of a text
   */
  byte[] bytesWith(List<Replacement> replacements) {
    List<byte[]> pieces = new ArrayList<>();
    int copied = 0;
    for (Replacement replacement : sorted(replacements)) {
      int from = byteOffset(replacement.from());
      pieces.add(Arrays.copyOfRange(bytes, copied, from));
      pieces.add(replacement.text().getBytes(charset));
      copied = byteOffset(replacement.to());
    }
    pieces.add(Arrays.copyOfRange(bytes, copied, bytes.length));
    byte[] changed = join(pieces);
    if (!of(changed, charset).text.equals(textWith(replacements))) {
      throw new IllegalStateException("text in " + charset + " cannot be changed in parts");
    }
    return changed;
  }

  private static List<Replacement> sorted(List<Replacement> replacements) {
    return replacements.stream().sorted(Comparator.comparingInt(Replacement::from)).toList();
  }

  private static byte[] join(List<byte[]> pieces) {
    ByteBuffer joined = ByteBuffer.allocate(pieces.stream().mapToInt(piece -> piece.length).sum());
    pieces.forEach(joined::put);
    return joined.array();
  }

  /** Where the bytes of a character begin. */
  private int byteOffset(int character) {
    ByteBuffer in = ByteBuffer.wrap(bytes, mark, bytes.length - mark);
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    // A decoder stops before the bytes of the character that it has no room for.
    decoder.decode(in, CharBuffer.allocate(character), true);
    return in.position();
  }
}
