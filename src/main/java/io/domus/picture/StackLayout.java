// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import java.util.List;

/** Draws a stack: where it is in the guest, and below the layers that are seen there. */
final class StackLayout {
  static final int WIDTH = 620;

  private static final int HEAD = 30;
  private static final int ROW = 25;

  /** A second line of a row. */
  private static final int DETAIL = 15;

  private static final int GAP = 3;

  /** The numbers on the left. */
  private static final int NUMBERS = 34;

  private static final int ROLE = 58;
  private static final int KIND = 66;
  private static final int MODE = 76;
  private static final int PADDING = 8;

  /** How far inner overlays may move to the right, all together. */
  private static final int MOST_INDENT = 128;

  private final Canvas canvas;
  private final Stack stack;
  private final int indent;

  StackLayout(Canvas canvas, Stack stack) {
    this.canvas = canvas;
    this.stack = stack;
    int deepest = stack.layers().stream().mapToInt(Layer::depth).max().orElse(0);
    this.indent = deepest == 0 ? 0 : Math.min(18, MOST_INDENT / deepest);
  }

  /** Where it ends. */
  int draw(int x, int top) {
    canvas.group(stack.sentence(), head -> head(head, new Area(x, top, WIDTH, HEAD)));
    int y = top + HEAD + GAP;
    List<Layer> layers = stack.layers();
    for (int index = 0; index < layers.size(); index++) {
      Layer layer = layers.get(index);
      int left = x + NUMBERS + layer.depth() * indent;
      Area area = new Area(left, y, x + WIDTH - left, height(layer));
      canvas.group(layer.sentence(), row -> row(row, x, area, layer));
      if (layer.role() == Layer.Role.NESTED && indent > 0) {
        bracket(left, area.bottom(), heightOfInner(index));
      }
      y = area.bottom() + GAP;
    }
    return y - GAP;
  }

  private static boolean hasDetail(Layer layer) {
    return layer.detail().isPresent() && layer.role() != Layer.Role.INNER_UPPER;
  }

  private static int height(Layer layer) {
    return ROW + (hasDetail(layer) ? DETAIL : 0);
  }

  private int heightOfInner(int nested) {
    int height = 0;
    List<Layer> layers = stack.layers();
    for (int index = nested + 1; index < layers.size(); index++) {
      if (layers.get(index).depth() <= layers.get(nested).depth()) {
        break;
      }
      height += GAP + height(layers.get(index));
    }
    return height;
  }

  /** Shows which layers an inner overlay consists of. */
  private void bracket(int left, int top, int height) {
    int x = left + Math.min(4, indent / 2);
    int end = top + height;
    canvas.add(Shape.Line.of(Tone.NESTED, false, x, top, x, end, left + indent, end));
  }

  private void head(Canvas head, Area area) {
    head.box(area, 6, Tone.HEAD);
    int x = area.x() + PADDING + 2;
    int y = area.y() + 20;
    String layers = stack.depth() > 1 ? " of " + stack.depth() + " layers" : "";
    int mode = area.right() - PADDING - MODE;
    head.text(x, y, 320, stack.target().value(), Face.NAME);
    head.mutedAtEnd(mode, y, MODE, stack.mode(), Face.SMALL);
    head.mutedAtEnd(mode - 170, y, 160, stack.kind() + layers, Face.BODY);
  }

  private void row(Canvas row, int x, Area area, Layer layer) {
    int y = area.y() + 17;
    layer
        .order()
        .filter(_ -> stack.depth() > 1)
        .ifPresent(
            number -> row.mutedAtEnd(x, y, NUMBERS - 8, Integer.toString(number), Face.SMALL));
    row.box(area, 4, tone(layer));
    int left = area.x() + PADDING;
    row.muted(left, y, ROLE - 6, layer.role().text(), Face.SMALL);
    row.text(left + ROLE, y, KIND - 8, layer.kind(), Face.STRONG);
    int path = left + ROLE + KIND;
    int end = area.right() - PADDING - MODE;
    row.text(path, y, end - path - 6, layer.source(), Face.BODY);
    row.mutedAtEnd(end, y, MODE, layer.mode(), Face.SMALL);
    if (hasDetail(layer)) {
      int room = area.right() - PADDING - path;
      row.muted(path, y + DETAIL, room, layer.detail().orElseThrow(), Face.SMALL);
    }
  }

  static Tone tone(Layer layer) {
    if (layer.writable()) {
      return Tone.WRITTEN;
    }
    return switch (layer.kind()) {
      case "overlay" -> Tone.NESTED;
      case "file", "qcow2" -> Tone.IMAGE;
      case "block" -> Tone.DEVICE;
      case "ram" -> Tone.MEMORY;
      default -> Tone.LAYER;
    };
  }
}
