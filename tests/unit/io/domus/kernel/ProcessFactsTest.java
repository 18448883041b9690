// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessFactsTest {
  private static final String REST =
      " 1 7 7 0 -1 4194560 102 0 0 0 0 0 0 0 20 0 1 0 8891 2760704 211 18446744073709551615";

  @Test
  void aNameMayHoldAnything() {
    assertEquals(Optional.of(8891L), ProcessFacts.parse("7 (a) Z (b) S" + REST));
  }

  @Test
  void aZombieIsDead() {
    assertTrue(ProcessFacts.parse("7 (sh) Z" + REST).isEmpty());
    assertTrue(ProcessFacts.parse("7 (sh) X" + REST).isEmpty());
  }

  @Test
  void thisProcessIsAlive() {
    ProcessFacts self = ProcessFacts.of((int) ProcessHandle.current().pid()).orElseThrow();
    assertTrue(self.isAlive());
    assertFalse(new ProcessFacts(self.pid(), self.startTime() + 1, self.bootId()).isAlive());
    assertFalse(new ProcessFacts(self.pid(), self.startTime(), "another boot").isAlive());
  }

  @Test
  void nobodyHasAPidBelowOne() {
    assertTrue(ProcessFacts.of(0).isEmpty());
    assertTrue(ProcessFacts.of(-1).isEmpty());
  }
}
