// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table as virsh prints it. */
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... heads) {
    rows.add(List.of(heads));
  }

  void row(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(Arrays.toString(cells));
    }
    rows.add(List.of(cells));
  }

  @Override
  public String toString() {
    int[] widths = widths();
    StringBuilder text = new StringBuilder();
    line(text, rows.getFirst(), widths);
    int total = 0;
    for (int width : widths) {
      total += width + 1 + GAP.length();
    }
    text.append("-".repeat(total)).append('\n');
    for (int index = 1; index < rows.size(); index++) {
      line(text, rows.get(index), widths);
    }
    return text.toString();
  }

  private int[] widths() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return widths;
  }

  private static void line(StringBuilder text, List<String> row, int[] widths) {
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      text.append(' ').append(cell);
      if (column < widths.length - 1) {
        text.append(" ".repeat(widths[column] - cell.length())).append(GAP);
      }
    }
    text.append('\n');
  }
}
