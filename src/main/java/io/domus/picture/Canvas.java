// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects shapes. */
final class Canvas {
  private final List<Shape> shapes = new ArrayList<>();

  List<Shape> shapes() {
    return List.copyOf(shapes);
  }

  void add(Shape shape) {
    shapes.add(shape);
  }

  void box(Area area, int radius, Tone tone) {
    add(new Shape.Box(area, radius, tone, false));
  }

  /**
   * What belongs together.
   *
   * @param title shown to who points at it
   */
  void group(String title, Consumer<Canvas> content) {
    Canvas inner = new Canvas();
    content.accept(inner);
    add(new Shape.Group(PlainText.of(title), inner.shapes()));
  }

  /** A text in a room that it does not leave. */
  void text(int x, int y, int room, String text, Face face) {
    add(new Shape.Label(x, y, FittedText.of(text, room, face), face, false));
  }

  /** The same, less loud. */
  void muted(int x, int y, int room, String text, Face face) {
    add(new Shape.Label(x, y, FittedText.of(text, room, face), face, true));
  }

  /** The same, ending where its room does. */
  void mutedAtEnd(int x, int y, int room, String text, Face face) {
    FittedText fitted = FittedText.of(text, room, face);
    add(new Shape.Label(x + room - fitted.width(), y, fitted, face, true));
  }
}
