// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import io.domus.store.RenameJournal.Move;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files of a console log: {@code NAME.log} and the older {@code NAME.log.1}, {@code .2} …
 *
 * @param log the newest
 */
record LogFiles(Path log) {
  /**
   * The moves that make this log another one. What a former domain of that name has left there
   * becomes the oldest part.
   */
  List<Move> moves(LogFiles other) throws IOException {
    NavigableSet<Integer> mine = numbers();
    List<Move> moves = new ArrayList<>();
    if (mine.isEmpty()) {
      return moves;
    }
    for (int number : other.numbers().descendingSet()) {
      moves.add(new Move(other.numbered(number), other.numbered(number + mine.last() + 1)));
    }
    for (int number : mine.descendingSet()) {
      moves.add(new Move(numbered(number), other.numbered(number)));
    }
    return moves;
  }

  /** 0 is the newest. */
  private Path numbered(int number) {
    return number == 0 ? log : log.resolveSibling(log.getFileName() + "." + number);
  }

  private NavigableSet<Integer> numbers() throws IOException {
    NavigableSet<Integer> numbers = new TreeSet<>();
    if (!Files.isDirectory(log.getParent())) {
      return numbers;
    }
    String name = log.getFileName().toString();
    try (Stream<Path> files = Files.list(log.getParent())) {
      files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.matches("\\Q" + name + "\\E(\\.[1-9][0-9]{0,6})?"))
          .map(file -> file.equals(name) ? "0" : file.substring(name.length() + 1))
          .forEach(number -> numbers.add(Integer.valueOf(number)));
    }
    return numbers;
  }
}
