// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name becomes a file name, a cgroup's and an argument of crun: nothing else may be in it. */
class DomainNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"web", "_", "0", "a.b", "a-b", "a+b", "web@host", "A_1.x", "a..b"})
  void names(String name) {
    assertTrue(DomainDef.isName(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        ".a",
        "-a",
        "+a",
        "@a",
        "a/b",
        "a b",
        "a\n",
        "a:b",
        "ä",
        "a\0",
        "web\u202e"
      })
  void noNames(String name) {
    assertFalse(DomainDef.isName(name));
  }

  @Test
  void atMostTwoHundredCharacters() {
    assertTrue(DomainDef.isName("a".repeat(200)));
    assertFalse(DomainDef.isName("a".repeat(201)));
  }
}
