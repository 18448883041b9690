// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Whether a text is in what is written, however many pieces it comes in; keeps none of them. */
final class TextFinder extends OutputStream {
  private final byte[] text;

  /** How much of the text is matched again where a match of so much of it breaks off. */
  private final int[] shorter;

  private int matched;
  private boolean found;

  TextFinder(String text) {
    this.text = text.getBytes(StandardCharsets.UTF_8);
    this.shorter = new int[this.text.length + 1];
    for (int length = 2; length <= this.text.length; length++) {
      int match = shorter[length - 1];
      while (match > 0 && this.text[match] != this.text[length - 1]) {
        match = shorter[match];
      }
      shorter[length] = this.text[match] == this.text[length - 1] ? match + 1 : 0;
    }
    found = this.text.length == 0;
  }

  @Override
  public void write(int octet) {
    if (found) {
      return;
    }
    while (matched > 0 && text[matched] != (byte) octet) {
      matched = shorter[matched];
    }
    matched += text[matched] == (byte) octet ? 1 : 0;
    found = matched == text.length;
  }

  boolean found() {
    return found;
  }
}
