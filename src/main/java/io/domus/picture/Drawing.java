// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Shapes on a page.
 *
 * @param title what it shows, in a few words
 * @param description the same in sentences
 * @param shapes the lowest first
 */
record Drawing(int width, int height, String title, String description, List<Shape> shapes) {
  Drawing {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(description, "description");
    shapes = List.copyOf(shapes);
    Area page = new Area(0, 0, width, height);
    for (Shape.Label label : labels(shapes)) {
      if (!page.contains(label.area())) {
        throw new IllegalArgumentException("beyond the page: " + label);
      }
    }
  }

  /** All texts, those in groups too. */
  List<Shape.Label> labels() {
    return labels(shapes);
  }

  private static List<Shape.Label> labels(List<Shape> shapes) {
    List<Shape.Label> labels = new ArrayList<>();
    for (Shape shape : shapes) {
      switch (shape) {
        case Shape.Label label -> labels.add(label);
        case Shape.Group group -> labels.addAll(labels(group.shapes()));
        case Shape.Box _, Shape.Line _, Shape.Curve _, Shape.Dot _ -> {}
      }
    }
    return labels;
  }
}
