// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a rename moves, written down before the first move. It does not lie below {@code run}: a
 * rename must not be forgotten by a boot.
 *
 * @param committed true once all is moved: from then on it stands
 */
record RenameJournal(String from, String to, boolean committed, List<Move> moves) {
  RenameJournal {
    moves = List.copyOf(moves);
  }

  /**
   * One of its moves.
   *
   * @param from relative to the root of the state, which may itself be elsewhere by now
   */
  record Move(Path from, Path to) {}

  RenameJournal commit() {
    return new RenameJournal(from, to, true, moves);
  }

  byte[] json() throws IOException {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("from", from);
    tree.put("to", to);
    tree.put("committed", committed);
    tree.put(
        "moves",
        moves.stream().map(move -> List.of(move.from().toString(), move.to().toString())).toList());
    return JSON.std.asString(tree).getBytes(StandardCharsets.UTF_8);
  }

  /** Empty if there is none. */
  static Optional<RenameJournal> read(Path file) throws IOException {
    try {
      return Optional.of(parse(JSON.std.mapFrom(Files.readString(file))));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException | RuntimeException fault) {
      throw new IOException("unreadable journal " + file + ": " + fault.getMessage(), fault);
    }
  }

  private static RenameJournal parse(Map<String, Object> tree) {
    return new RenameJournal(
        (String) tree.get("from"),
        (String) tree.get("to"),
        (Boolean) tree.get("committed"),
        ((List<?>) tree.get("moves")).stream().map(RenameJournal::move).toList());
  }

  private static Move move(Object pair) {
    List<?> names = (List<?>) pair;
    return new Move(Path.of((String) names.getFirst()), Path.of((String) names.getLast()));
  }
}
