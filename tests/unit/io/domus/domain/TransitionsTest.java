// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Every state with every verb: either it may be, or what is said of it. */
class TransitionsTest {
  /** An empty complaint is consent. */
  static final List<String> ALL =
      List.of(
          "RUNNING  | START    | cannot start domain 'web': domain is already running",
          "RUNNING  | SHUTDOWN |",
          "RUNNING  | REBOOT   |",
          "RUNNING  | DESTROY  |",
          "RUNNING  | SUSPEND  |",
          "RUNNING  | RESUME   | cannot resume domain 'web': domain is running",
          "RUNNING  | MANAGEDSAVE |",
          "RUNNING  | CHECKPOINT |",
          "RUNNING  | EXEC     |",
          "RUNNING  | CONSOLE  |",
          "RUNNING  | CLONE    | cannot clone domain 'web': domain is running",
          "RUNNING  | FLATTEN  | cannot flatten domain 'web': domain is running",
          "PAUSED   | START    | cannot start domain 'web': domain is already active (paused)",
          "PAUSED   | SHUTDOWN | cannot shut down domain 'web': domain is paused",
          "PAUSED   | REBOOT   | cannot reboot domain 'web': domain is paused",
          "PAUSED   | DESTROY  |",
          "PAUSED   | SUSPEND  | cannot suspend domain 'web': domain is paused",
          "PAUSED   | RESUME   |",
          "PAUSED   | MANAGEDSAVE |",
          "PAUSED   | CHECKPOINT |",
          "PAUSED   | EXEC     | cannot execute a command in domain 'web': domain is paused",
          "PAUSED   | CONSOLE  |",
          "PAUSED   | CLONE    | cannot clone domain 'web': domain is paused",
          "PAUSED   | FLATTEN  | cannot flatten domain 'web': domain is paused",
          "SHUT_OFF | START    |",
          "SHUT_OFF | SHUTDOWN | cannot shut down domain 'web': domain is not running",
          "SHUT_OFF | REBOOT   | cannot reboot domain 'web': domain is not running",
          "SHUT_OFF | DESTROY  | cannot destroy domain 'web': domain is not running",
          "SHUT_OFF | SUSPEND  | cannot suspend domain 'web': domain is not running",
          "SHUT_OFF | RESUME   | cannot resume domain 'web': domain is not running",
          "SHUT_OFF | MANAGEDSAVE | cannot save domain 'web': domain is not running",
          "SHUT_OFF | CHECKPOINT | cannot checkpoint domain 'web': domain is not running",
          "SHUT_OFF | EXEC     | cannot execute a command in domain 'web': domain is not running",
          "SHUT_OFF | CONSOLE  | cannot open the console of domain 'web': domain is not running",
          "SHUT_OFF | CLONE    |",
          "SHUT_OFF | FLATTEN  |",
          "CRASHED  | START    |",
          "CRASHED  | SHUTDOWN | cannot shut down domain 'web': domain is not running",
          "CRASHED  | REBOOT   | cannot reboot domain 'web': domain is not running",
          "CRASHED  | DESTROY  | cannot destroy domain 'web': domain is not running",
          "CRASHED  | SUSPEND  | cannot suspend domain 'web': domain is not running",
          "CRASHED  | RESUME   | cannot resume domain 'web': domain is not running",
          "CRASHED  | MANAGEDSAVE | cannot save domain 'web': domain is not running",
          "CRASHED  | CHECKPOINT | cannot checkpoint domain 'web': domain is not running",
          "CRASHED  | EXEC     | cannot execute a command in domain 'web': domain is not running",
          "CRASHED  | CONSOLE  | cannot open the console of domain 'web': domain is not running",
          "CRASHED  | CLONE    |",
          "CRASHED  | FLATTEN  |");

  @ParameterizedTest
  @FieldSource("ALL")
  void eachIsAllowedOrRefused(String row) {
    List<String> cells = Arrays.stream(row.split("\\|", -1)).map(String::strip).toList();
    DomainState state = DomainState.valueOf(cells.get(0));
    Verb verb = Verb.valueOf(cells.get(1));
    assertEquals(cells.get(2).isEmpty(), Transitions.allowed(state, verb));
    if (cells.get(2).isEmpty()) {
      assertDoesNotThrow(() -> Transitions.check("web", state, verb));
      return;
    }
    OperationInvalidException refusal =
        assertThrows(OperationInvalidException.class, () -> Transitions.check("web", state, verb));
    assertEquals(cells.get(2), refusal.getMessage());
    assertEquals(ErrorCode.OPERATION_INVALID, refusal.code());
  }

  @Test
  void theTableIsWhole() {
    Set<String> pairs = new HashSet<>();
    ALL.forEach(row -> pairs.add(row.substring(0, row.lastIndexOf('|'))));
    assertEquals(DomainState.values().length * Verb.values().length, pairs.size());
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, running, true",
    "PAUSED, paused, true",
    "SHUT_OFF, shut off, false",
    "CRASHED, crashed, false"
  })
  void statesPrintAsVirshPrintsThem(DomainState state, String text, boolean active) {
    assertEquals(text, state.text());
    assertEquals(active, state.active());
    assertEquals(text, Condition.of(state).toString());
    assertEquals(text + " (why)", Condition.of(state, "why").toString());
  }
}
