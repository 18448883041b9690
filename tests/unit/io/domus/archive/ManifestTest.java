// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest is read as it was written, or refused. */
class ManifestTest {
  private static final Manifest WHOLE =
      CheckpointArchiveTest.DESCRIPTION.withEntries(
          List.of(new Manifest.Entry("layers/0.tar", 7_000_000_000L, "0b".repeat(32))));

  @Test
  void isReadAsItWasWritten() throws IOException {
    assertEquals(WHOLE, Manifest.parse(WHOLE.json()));
    assertEquals(
        CheckpointArchiveTest.DESCRIPTION,
        Manifest.parse(CheckpointArchiveTest.DESCRIPTION.json()));
    assertEquals(7_000_000_000L, WHOLE.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "\"format\" : 1 | \"format\" : 2 | it has format 2, and only 1 is understood",
        "\"domain\" : \"web\" | \"domain\" : \"wec\" | it was altered or damaged",
        "\"domain\" : \"web\" | \"domain\" : 7 | the domain of the manifest is of another type",
        "\"domain\" | \"demain\" | the domain of the manifest is missing",
        "\"memory\" : true | \"memory\" : true, \"more\" : 1 | that are not known: more",
        "layers/0.tar\", | ../0.tar\", | not a name that an archive may hold: ../0.tar",
        "7000000000 | -1 | the size of layers/0.tar is negative",
        "7000000000 | 7e30 | the size of an entry is out of range",
        "tree:0a | tree:0x | not a fingerprint: tree:0x",
        "2026-11-29T | yesterday | Text 'yesterday"
      })
  void isRefusedWhenAltered(String text, String other, String message) throws IOException {
    assertTrue(WHOLE.json().contains(text), WHOLE.json());
    String altered =
        text.startsWith("layers")
            ? WHOLE.json().replaceAll("(\"name\" : \")layers", "$1..")
            : WHOLE.json().replace(text, other);
    IOException fault = assertThrows(IOException.class, () -> Manifest.parse(altered));
    assertTrue(fault.getMessage().startsWith("not a manifest of an archive: "));
    assertTrue(fault.getMessage().contains(message), fault.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "{}", "7", "{\"format\":null}"})
  void isRefusedWhenItIsNone(String text) {
    assertThrows(IOException.class, () -> Manifest.parse(text));
  }

  @Test
  void hasNoNameTwice() {
    for (List<String> names :
        List.of(List.of("a", "a"), List.of("a", "a/b"), List.of("manifest.json"))) {
      Stream<Manifest.Entry> entries =
          names.stream().map(name -> new Manifest.Entry(name, 0, "00".repeat(32)));
      List<Manifest.Entry> list = entries.toList();
      assertThrows(
          IllegalArgumentException.class,
          () -> CheckpointArchiveTest.DESCRIPTION.withEntries(list),
          names.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", "a\\b", "a\nb", "\u00fc"})
  void holdsNoOddNames(String name) {
    assertThrows(
        IllegalArgumentException.class, () -> new Manifest.Entry(name, 0, "00".repeat(32)));
  }
}
