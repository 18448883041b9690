// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void asVirshPrintsIt() {
    Table table = new Table("Id", "Name", "State");
    table.row("1", "web", "running");
    table.row("-", "database", "shut off");
    assertEquals(
        """
         Id   Name       State
        ---------------------------
         1    web        running
         -    database   shut off
        """,
        table.toString());
  }

  @Test
  void withoutRows() {
    assertEquals(" Id   Name\n------------\n", new Table("Id", "Name").toString());
  }

  @Test
  void aRowFits() {
    assertThrows(IllegalArgumentException.class, () -> new Table("Id").row("1", "2"));
  }
}
