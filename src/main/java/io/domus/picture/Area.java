// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

/** A rectangle of a drawing, in pixels from its upper left corner. */
record Area(int x, int y, int width, int height) {
  Area {
    if (width < 0 || height < 0) {
      throw new IllegalArgumentException("no area: " + width + " by " + height);
    }
  }

  int right() {
    return x + width;
  }

  int bottom() {
    return y + height;
  }

  int middle() {
    return y + height / 2;
  }

  boolean overlaps(Area other) {
    return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
  }

  boolean contains(Area other) {
    return x <= other.x && y <= other.y && other.right() <= right() && other.bottom() <= bottom();
  }
}
