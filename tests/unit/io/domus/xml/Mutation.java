// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Small damage to a document: names, values and pieces are changed, dropped, doubled or moved. */
final class Mutation {
  private static final Pattern END = Pattern.compile("\\z");
  private static final Pattern TAG = Pattern.compile("<[a-zA-Z_][^<>]*/>");
  private static final Pattern NAME = Pattern.compile("(?<=[</ ])[a-zA-Z_]+(?=[ =>/])");
  private static final Pattern VALUE = Pattern.compile("(?<==')[^']*(?=')");
  private static final Pattern TEXT = Pattern.compile("(?<=>)[^<>\\s]+(?=</)");
  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          "x",
          "0",
          "-1",
          "+1",
          "-0",
          "1.0",
          " 7 ",
          "007",
          "99999999999999999999",
          "yes",
          "on",
          "lxc",
          "/",
          "/a/b",
          "10.0.0.1",
          "KiB",
          "kb",
          "BYTES",
          "bYtEs",
          "é",
          "a b",
          "&#10;",
          "&#9;x",
          "52:54:00:12:34:56",
          "INF",
          "true",
          "1e3",
          "0x10",
          "\u00A05");

  private final SplittableRandom random;

  Mutation(SplittableRandom random) {
    this.random = random;
  }

  String mutate(String document) {
    String mutant = document;
    for (int times = random.nextInt(1, 3); times > 0; times--) {
      mutant = once(mutant);
    }
    return mutant;
  }

  private String once(String document) {
    return switch (random.nextInt(8)) {
      case 0 -> replace(document, TAG, "");
      case 1 -> replace(document, NAME, "nmae");
      case 2, 3, 4 -> replace(document, VALUE, VALUES.get(random.nextInt(VALUES.size())));
      case 5, 6 -> replace(document, TEXT, VALUES.get(random.nextInt(VALUES.size())));
      default -> move(document);
    };
  }

  /** Some place, the end of the document if there is none. */
  private MatchResult pick(String document, Pattern pattern) {
    List<MatchResult> matches = pattern.matcher(document).results().toList();
    return matches.isEmpty()
        ? END.matcher(document).results().findFirst().orElseThrow()
        : matches.get(random.nextInt(matches.size()));
  }

  private String replace(String document, Pattern pattern, String replacement) {
    MatchResult place = pick(document, pattern);
    return document.substring(0, place.start()) + replacement + document.substring(place.end());
  }

  private String move(String document) {
    MatchResult tag = pick(document, TAG);
    MatchResult place = pick(document, TAG);
    return document.substring(0, place.start()) + tag.group() + document.substring(place.start());
  }
}
