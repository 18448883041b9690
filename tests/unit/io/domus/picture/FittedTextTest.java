// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FittedTextTest {
  @ParameterizedTest
  @CsvSource({
    "/srv/base, 200, /srv/base",
    "/srv/base, 67, /srv/base",
    "/srv/base, 66, /sr…base",
    "/srv/a/b/c/d/e, 60, /sr…/d/e",
    "abc, 8, …",
    "漢字漢字, 60, 漢字漢字",
    "漢字漢字, 50, 漢…字"
  })
  void theMiddleGoesFirst(String text, int room, String expected) {
    FittedText fitted = FittedText.of(text, room, Face.BODY);
    assertEquals(expected, fitted.shown());
    assertEquals(text, fitted.full());
    assertEquals(!text.equals(expected), fitted.shortened());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "/srv/a/very/long/path/that/ends",
        "漢字かな漢字",
        "\uD83D\uDE00\uD83D\uDE80\uD83D\uDE00",
        "e\u0301e\u0301e\u0301e\u0301"
      })
  void itNeverTakesMoreThanItsRoom(String text) {
    for (int room = 8; room < 300; room++) {
      FittedText fitted = FittedText.of(text, room, Face.BODY);
      assertTrue(fitted.width() <= room, fitted + " in " + room);
      assertEquals(fitted.width(), FittedText.width(fitted.shown(), Face.BODY));
    }
  }

  @Test
  void accentsAreNotLeftAlone() {
    for (int room = 8; room < 60; room++) {
      String shown = FittedText.of("e\u0301".repeat(10), room, Face.BODY).shown();
      assertFalse(shown.contains("…\u0301"), shown);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a b, a b",
    "'a\nb', a\\u000ab",
    "'a\u0000b', a\\u0000b",
    "'a\u202Eb', a\\u202eb",
    "'a\uD800b', a\\ud800b",
    "'a\uFFFFb', a\\uffffb",
    "é漢\uD83D\uDE00, é漢\uD83D\uDE00"
  })
  void whatCannotBeSeenIsWrittenOut(String text, String expected) {
    assertEquals(expected, PlainText.of(text));
  }
}
