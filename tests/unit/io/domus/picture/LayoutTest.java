// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Nothing lies on anything else, whatever is drawn. */
class LayoutTest {
  @TestFactory
  Stream<DynamicTest> everyTextHasItsPlace() throws IOException {
    return Documents.drawings().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      textsLieApart(entry.getValue());
                      boxesLieApartOrWithin(entry.getValue());
                      textsStayInTheirBoxes(entry.getValue());
                      linesDoNotCrossTexts(entry.getValue());
                    }));
  }

  private static void textsLieApart(Drawing drawing) {
    List<Shape.Label> labels = drawing.labels();
    for (int index = 0; index < labels.size(); index++) {
      for (Shape.Label other : labels.subList(index + 1, labels.size())) {
        Shape.Label label = labels.get(index);
        assertFalse(label.area().overlaps(other.area()), () -> label + "\non " + other);
      }
    }
  }

  private static void boxesLieApartOrWithin(Drawing drawing) {
    List<Area> boxes = boxes(drawing.shapes());
    for (int index = 0; index < boxes.size(); index++) {
      for (Area other : boxes.subList(index + 1, boxes.size())) {
        Area box = boxes.get(index);
        boolean apart = !box.overlaps(other) || box.contains(other) || other.contains(box);
        assertTrue(apart, () -> box + "\non " + other);
      }
    }
  }

  private static void textsStayInTheirBoxes(Drawing drawing) {
    for (Area box : boxes(drawing.shapes())) {
      for (Shape.Label label : drawing.labels()) {
        boolean fits = !box.overlaps(label.area()) || box.contains(label.area());
        assertTrue(fits, () -> label + "\nleaves " + box);
      }
    }
  }

  private static void linesDoNotCrossTexts(Drawing drawing) {
    List<Area> segments = new ArrayList<>();
    segments(drawing.shapes(), segments);
    for (Area segment : segments) {
      for (Shape.Label label : drawing.labels()) {
        assertFalse(segment.overlaps(label.area()), () -> segment + "\nthrough " + label);
      }
    }
  }

  private static List<Area> boxes(List<Shape> shapes) {
    List<Area> boxes = new ArrayList<>();
    for (Shape shape : shapes) {
      switch (shape) {
        case Shape.Box box -> boxes.add(box.area());
        case Shape.Group group -> boxes.addAll(boxes(group.shapes()));
        case Shape.Label _, Shape.Line _, Shape.Curve _, Shape.Dot _ -> {}
      }
    }
    return boxes;
  }

  /** Straight lines are all level or upright. */
  private static void segments(List<Shape> shapes, List<Area> segments) {
    for (Shape shape : shapes) {
      switch (shape) {
        case Shape.Line line -> {
          List<Integer> at = line.corners();
          for (int index = 0; index + 3 < at.size(); index += 2) {
            int width = Math.abs(at.get(index + 2) - at.get(index));
            int height = Math.abs(at.get(index + 3) - at.get(index + 1));
            assertEquals(0, Math.min(width, height), line.toString());
            int x = Math.min(at.get(index), at.get(index + 2));
            int y = Math.min(at.get(index + 1), at.get(index + 3));
            segments.add(new Area(x, y, Math.max(1, width), Math.max(1, height)));
          }
        }
        case Shape.Group group -> segments(group.shapes(), segments);
        case Shape.Label _, Shape.Box _, Shape.Curve _, Shape.Dot _ -> {}
      }
    }
  }
}
