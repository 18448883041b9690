// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import java.util.List;
import java.util.Objects;

/** A part of a drawing. */
sealed interface Shape {
  /** A rectangle with round corners. */
  record Box(Area area, int radius, Tone tone, boolean dashed) implements Shape {
    public Box {
      Objects.requireNonNull(area, "area");
      Objects.requireNonNull(tone, "tone");
    }
  }

  /**
   * A line of text.
   *
   * @param x where it begins
   * @param y of the line that letters stand on
   */
  record Label(int x, int y, FittedText text, Face face, boolean muted) implements Shape {
    public Label {
      Objects.requireNonNull(text, "text");
      Objects.requireNonNull(face, "face");
    }

    /** What it covers, with all that letters have above and below. */
    Area area() {
      return new Area(x, y - face.size(), text.width(), face.size() * 5 / 4);
    }
  }

  /**
   * Straight from corner to corner.
   *
   * @param corners x and y in turn
   */
  record Line(List<Integer> corners, Tone tone, boolean dashed) implements Shape {
    public Line {
      corners = List.copyOf(corners);
      Objects.requireNonNull(tone, "tone");
      if (corners.size() < 4 || corners.size() % 2 != 0) {
        throw new IllegalArgumentException("no line: " + corners);
      }
    }

    static Line of(Tone tone, boolean dashed, Integer... corners) {
      return new Line(List.of(corners), tone, dashed);
    }
  }

  /** Leaves one point and comes to another horizontally. */
  record Curve(int fromX, int fromY, int toX, int toY, Tone tone, boolean dashed) implements Shape {
    public Curve {
      Objects.requireNonNull(tone, "tone");
    }
  }

  /** A circle, filled or not. */
  record Dot(int x, int y, int radius, Tone tone, boolean filled) implements Shape {
    public Dot {
      Objects.requireNonNull(tone, "tone");
    }
  }

  /** What belongs together, with a text that is shown of it to who asks. */
  record Group(String title, List<Shape> shapes) implements Shape {
    public Group {
      Objects.requireNonNull(title, "title");
      shapes = List.copyOf(shapes);
    }
  }
}
