// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuestPathTest {
  @ParameterizedTest
  @CsvSource({"/, 0", "/a, 1", "/a/b, 2", "/a b/ü/...c, 3", "/a/..b/c.., 3", "/:\\, 1"})
  void whatIsAPath(String path, int depth) {
    assertTrue(GuestPath.isNormalised(path));
    assertEquals(path, new GuestPath(path).toString());
    assertEquals(depth, new GuestPath(path).depth());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a", "a/b", "./a", "//", "/a/", "//a", "/a//b", "/.", "/..", "/a/.", "/a/..", "/a/./b",
        "/a/../b", "/a\0b", "~", " /a"
      })
  void whatIsNone(String path) {
    assertFalse(GuestPath.isNormalised(path));
    assertThrows(IllegalArgumentException.class, () -> new GuestPath(path));
  }

  @ParameterizedTest
  @CsvSource({
    "/, /, /",
    "/, /a/b, /a/b",
    "/a, /a, /",
    "/a, /a/b, /b",
    "/a/b, /a/b/c/d, /c/d",
    "/a, /ab,",
    "/a/b, /a,",
    "/a, /b,",
    "/a, /,"
  })
  void whatLiesBelow(String above, String below, String rest) {
    GuestPath outer = new GuestPath(above);
    GuestPath inner = new GuestPath(below);
    assertEquals(rest != null, outer.contains(inner));
    if (rest == null) {
      assertThrows(IllegalArgumentException.class, () -> outer.relativize(inner));
    } else {
      assertEquals(new GuestPath(rest), outer.relativize(inner));
    }
  }

  @Test
  void pathsAreSortedAsText() {
    assertEquals(
        List.of("/", "/a", "/a/b", "/ab"),
        Stream.of("/ab", "/a/b", "/", "/a")
            .map(GuestPath::new)
            .sorted()
            .map(GuestPath::value)
            .toList());
  }

  @Test
  void onlyTheRootIsTheRoot() {
    assertTrue(GuestPath.ROOT.isRoot());
    assertFalse(new GuestPath("/a").isRoot());
  }
}
