// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import java.util.List;
import java.util.Locale;

/** The colours of a shape, on paper and on a dark screen. */
enum Tone {
  PAGE("#f6f7f9", "#d3d9e2", "#12161c", "#333e4c"),
  FRAME("#ffffff", "#7d8a9b", "#1a2029", "#7d8a9b"),
  CARD("#ffffff", "#b4bfcc", "#212935", "#4f5d70"),
  QUIET("#f1f3f6", "#b4bfcc", "#1a2029", "#4f5d70"),
  HEAD("#e4e9f0", "#8793a4", "#2c3645", "#7d8a9b"),
  WRITTEN("#dff3e4", "#2e7d4f", "#15382a", "#59b98a"),
  LAYER("#eaf1fb", "#8fa8ca", "#1d2b40", "#56759f"),
  NESTED("#f1eafa", "#9572c4", "#2e2444", "#a487d6"),
  IMAGE("#fdf2dc", "#bf9338", "#3b2f17", "#cda452"),
  DEVICE("#fbe8e0", "#c1694a", "#402418", "#d98a6c"),
  MEMORY("#e0f3f5", "#3d929c", "#15353a", "#5cb4be"),
  LINE0("#2f6fb5", "#2f6fb5", "#6ea8e6", "#6ea8e6"),
  LINE1("#b5562f", "#b5562f", "#e6936e", "#e6936e"),
  LINE2("#2f7d4f", "#2f7d4f", "#63c08c", "#63c08c"),
  LINE3("#8457b0", "#8457b0", "#b694dd", "#b694dd"),
  LINE4("#8a6d12", "#8a6d12", "#d2b553", "#d2b553"),
  LINE5("#1f7f88", "#1f7f88", "#5fbfc8", "#5fbfc8"),
  OUTSIDE("#e9ecf1", "#5d6a7b", "#2a323e", "#9aa7b8");

  private static final List<Tone> LINES = List.of(LINE0, LINE1, LINE2, LINE3, LINE4, LINE5);

  private final String fill;
  private final String stroke;
  private final String darkFill;
  private final String darkStroke;

  Tone(String fill, String stroke, String darkFill, String darkStroke) {
    this.fill = fill;
    this.stroke = stroke;
    this.darkFill = darkFill;
    this.darkStroke = darkStroke;
  }

  /** Those of lines, in turn. */
  static Tone line(int number) {
    return LINES.get(number % LINES.size());
  }

  /** The name of its class in the style sheet. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String rule() {
    return rule(fill, stroke);
  }

  String darkRule() {
    return rule(darkFill, darkStroke);
  }

  private String rule(String inside, String edge) {
    return "." + word() + "{fill:" + inside + ";stroke:" + edge + "}";
  }
}
