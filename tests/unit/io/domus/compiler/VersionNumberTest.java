// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionNumberTest {
  @Test
  void isFoundInWhatProgramsSay() {
    assertEquals(Optional.of(new VersionNumber(4, 1, 1)), VersionNumber.find("Version: 4.1.1\n"));
    assertEquals(
        Optional.of(new VersionNumber(6, 12, 0)), VersionNumber.find("6.12+deb13-amd64\n"));
    assertEquals(Optional.empty(), VersionNumber.find("GitID: v"));
    assertEquals(Optional.empty(), VersionNumber.find("99999999999.1x"));
  }

  @Test
  void isOrderedByNumbers() {
    VersionNumber version = new VersionNumber(4, 10, 0);
    assertTrue(version.before(4, 10, 1));
    assertTrue(version.before(5, 0, 0));
    assertFalse(version.before(4, 10, 0));
    assertFalse(version.before(4, 9, 9));
    assertEquals("4.10", version.toString());
    assertThrows(IllegalArgumentException.class, () -> new VersionNumber(-1, 0, 0));
  }
}
