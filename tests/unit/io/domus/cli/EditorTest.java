// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class EditorTest {
  @Test
  void wordsAsAShellDividesThem() {
    assertEquals(List.of(), Editor.split("  "));
    assertEquals(List.of("vi"), Editor.split("vi"));
    assertEquals(List.of("code", "-w", "--new"), Editor.split(" code  -w\t--new "));
    assertEquals(List.of("/my editor/vi", ""), Editor.split("'/my editor/vi' ''"));
    assertEquals(List.of("a b", "c\"d"), Editor.split("a\\ b \"c\\\"d\""));
    assertEquals(List.of("a\\b"), Editor.split("'a\\b'"));
    assertEquals(List.of("$HOME;", "`x`"), Editor.split("$HOME; `x`"));
  }
}
