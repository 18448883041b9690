// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

/**
 * A place in a document.
 *
 * @param line 1-based
 * @param column 1-based, in characters
 */
record Position(int line, int column) implements Comparable<Position> {
  static final Position START = new Position(1, 1);

  @Override
  public int compareTo(Position other) {
    int byLine = Integer.compare(line, other.line);
    return byLine != 0 ? byLine : Integer.compare(column, other.column);
  }
}
