// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's table of states and verbs, that after the marker, is the one that the code has. */
class ReadmeTransitionsTest {
  private static final String MARKER = "<!-- transitions -->";

  @Test
  void readmeShowsTheTableOfTheCode() throws IOException {
    assertEquals(String.join("\n", ofCode()), String.join("\n", ofReadme()));
  }

  /** A line a row, a column a verb, so that a new state or verb is missed in the README. */
  private static List<String> ofCode() {
    List<String> table = new ArrayList<>();
    table.add(row("state", Arrays.stream(Verb.values()).map(ReadmeTransitionsTest::command)));
    for (DomainState state : DomainState.values()) {
      table.add(
          row(
              state.text(),
              Arrays.stream(Verb.values())
                  .map(verb -> Transitions.allowed(state, verb) ? "yes" : "no")));
    }
    return table;
  }

  /** As it is typed. */
  private static String command(Verb verb) {
    return verb.name().toLowerCase(Locale.ROOT);
  }

  private static String row(String head, Stream<String> cells) {
    return head + " | " + String.join(" | ", cells.toList());
  }

  private static List<String> ofReadme() throws IOException {
    return Files.readString(Checkout.path("README.md"))
        .lines()
        .dropWhile(line -> !line.equals(MARKER))
        .skip(1)
        .dropWhile(line -> !line.startsWith("|"))
        .takeWhile(line -> line.startsWith("|"))
        .filter(line -> !line.startsWith("|--") && !line.startsWith("| --"))
        .map(ReadmeTransitionsTest::cells)
        .toList();
  }

  /** Without the frame and without what only marks code. */
  private static String cells(String line) {
    return String.join(
        " | ",
        Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
            .map(cell -> cell.replace("`", "").strip())
            .toList());
  }
}
