// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

/** The style sheet of all pictures. */
final class StyleSheet {
  private static final String FONTS =
      "ui-monospace,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace";

  static final String TEXT = text();

  private StyleSheet() {}

  private static String text() {
    StringBuilder rules = new StringBuilder("\n");
    rules.append("text{font-family:").append(FONTS).append(";fill:#17202b;stroke:none}\n");
    rules.append("text.muted{fill:#525f6f}\n");
    for (Face face : Face.values()) {
      rules.append(".").append(face.word()).append("{font-size:").append(face.size()).append("px");
      rules.append(face.bold() ? ";font-weight:bold" : "").append("}\n");
    }
    for (Tone tone : Tone.values()) {
      rules.append(tone.rule()).append('\n');
    }
    rules.append(".line{fill:none;stroke-width:2}\n");
    rules.append(".dashed{stroke-dasharray:5 4}\n");
    // After the colours, which it takes back.
    rules.append(".ring{fill:none;stroke-width:2}\n");
    rules.append("@media (prefers-color-scheme:dark){\n");
    rules.append("text{fill:#e6ebf2}\ntext.muted{fill:#a6b2c1}\n");
    for (Tone tone : Tone.values()) {
      rules.append(tone.darkRule()).append('\n');
    }
    rules.append(".line,.ring{fill:none}\n}\n");
    return rules.toString();
  }
}
