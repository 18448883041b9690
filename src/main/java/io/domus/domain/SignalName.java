// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.List;
import java.util.OptionalInt;

/** Signal names and numbers, from signal(7), the same on x86-64 and arm64. */
public final class SignalName {
  private static final List<String> NAMES =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  /** glibc's first real-time signal. */
  private static final int RTMIN = 34;

  private static final int RTMAX = 64;

  private SignalName() {}

  /**
   * The number of {@code SIGTERM}, {@code TERM}, {@code 15}, {@code SIGRTMIN+3}.
   *
   * @throws IllegalArgumentException if there is no such signal
   */
  public static int number(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("no signal: '" + name + "'"));
  }

  public static OptionalInt find(String name) {
    String bare = name.startsWith("SIG") ? name.substring(3) : name;
    int index = NAMES.indexOf(bare);
    if (index >= 0) {
      return OptionalInt.of(index + 1);
    }
    int base = 0;
    String digits = bare;
    if (bare.startsWith("RTMIN")) {
      base = RTMIN;
      digits = bare.substring(5).replaceFirst("^\\+", "");
      if (digits.isEmpty()) {
        return OptionalInt.of(RTMIN);
      }
    }
    if (!digits.matches("[0-9]{1,2}")) {
      return OptionalInt.empty();
    }
    int number = base + Integer.parseInt(digits);
    return number >= 1 && number <= RTMAX ? OptionalInt.of(number) : OptionalInt.empty();
  }

  /** The name of a number: {@code SIGTERM} for 15. */
  public static String name(int number) {
    if (number >= 1 && number <= NAMES.size()) {
      return "SIG" + NAMES.get(number - 1);
    }
    return number >= RTMIN && number <= RTMAX ? "SIGRTMIN+" + (number - RTMIN) : "signal " + number;
  }
}
