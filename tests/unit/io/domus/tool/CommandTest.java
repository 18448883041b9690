// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTest {

  @Test
  void printsAsAShellLine() {
    Command command =
        Command.of("crun", "--root", "/run/a b", "exec", "it's", "", "$HOME", "a*b", "k=v,w:x@1%")
            .withEnv("B", "2 3")
            .withEnv("A", "1")
            .in(Path.of("/run/my dir"));
    assertEquals(
        "cd '/run/my dir' && A=1 B='2 3' crun --root '/run/a b' exec 'it'\\''s' '' '$HOME' 'a*b'"
            + " k=v,w:x@1%",
        command.toString());
  }

  @Test
  void needsAProgram() {
    assertThrows(IllegalArgumentException.class, () -> Command.of(List.of()));
  }

  @Test
  void aResultComplainsWithItsLastLine() {
    assertEquals("last", new CommandResult(1, "", "first\n last \n\n").complaint());
    assertEquals(
        "RTNETLINK answers: File exists (Command failed guest.ip:2)",
        new CommandResult(2, "", "RTNETLINK answers: File exists\nCommand failed guest.ip:2\n")
            .complaint());
    assertEquals("exit status 7", new CommandResult(7, "out", "").complaint());
  }
}
