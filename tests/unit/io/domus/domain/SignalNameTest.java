// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers from signal(7) for x86-64 and arm64. */
class SignalNameTest {
  @ParameterizedTest
  @CsvSource({
    "SIGHUP, 1",
    "SIGINT, 2",
    "SIGQUIT, 3",
    "SIGKILL, 9",
    "SIGUSR1, 10",
    "SIGSEGV, 11",
    "SIGUSR2, 12",
    "SIGTERM, 15",
    "SIGSTKFLT, 16",
    "SIGCHLD, 17",
    "SIGCONT, 18",
    "SIGSTOP, 19",
    "SIGWINCH, 28",
    "SIGPWR, 30",
    "SIGSYS, 31",
    "SIGRTMIN+0, 34",
    "SIGRTMIN+3, 37",
    "SIGRTMIN+30, 64"
  })
  void namesAndNumbers(String name, int number) {
    assertEquals(number, SignalName.number(name));
    assertEquals(name, SignalName.name(number));
    assertEquals(number, SignalName.number(name.substring(3)));
    assertEquals(number, SignalName.number(Integer.toString(number)));
  }

  @ParameterizedTest
  @CsvSource({"RTMIN, 34", "SIGRTMIN, 34", "RTMIN+3, 37", "09, 9", "64, 64", "SIG9, 9"})
  void otherWaysToSayIt(String name, int number) {
    assertEquals(OptionalInt.of(number), SignalName.find(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SIG",
        "sigterm",
        "SIGTERMS",
        "0",
        "-1",
        "65",
        "100",
        "9x",
        "+9",
        "RTMIN+31",
        "RTMIN+-3",
        "RTMIN++3",
        "RTMIN+ 3",
        "RTMAX",
        "１"
      })
  void noSignal(String name) {
    assertEquals(OptionalInt.empty(), SignalName.find(name));
    assertThrows(IllegalArgumentException.class, () -> SignalName.number(name));
  }

  @Test
  void numbersWithoutAName() {
    assertEquals("signal 33", SignalName.name(33));
    assertEquals("signal 0", SignalName.name(0));
    assertEquals("signal 65", SignalName.name(65));
  }
}
