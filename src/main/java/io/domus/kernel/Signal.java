// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A signal by its number, the same on every processor known here. */
public record Signal(int number) {
  private static final List<String> NAMES =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");
  private static final int REALTIME_MIN = 34;
  private static final int REALTIME_MAX = 64;

  /** Sends nothing; tells whether the process exists. */
  public static final Signal NONE = new Signal(0);

  public static final Signal HUP = new Signal(1);
  public static final Signal INT = new Signal(2);
  public static final Signal KILL = new Signal(9);
  public static final Signal TERM = new Signal(15);
  public static final Signal CONT = new Signal(18);

  /** A signal as people write it: {@code SIGTERM}, {@code TERM}, {@code RTMIN+3} or a number. */
  public static Optional<Signal> parse(String text) {
    String name = text.toUpperCase(Locale.ROOT);
    if (name.startsWith("SIG")) {
      name = name.substring(3);
    }
    int index = NAMES.indexOf(name);
    if (index >= 0) {
      return Optional.of(new Signal(index + 1));
    }
    if (name.startsWith("RTMIN")) {
      String offset = name.substring("RTMIN".length());
      return number(offset.isEmpty() ? "0" : offset.replaceFirst("^\\+", ""))
          .map(n -> n + REALTIME_MIN)
          .filter(n -> n <= REALTIME_MAX)
          .map(Signal::new);
    }
    return number(name).filter(n -> n > 0 && n <= REALTIME_MAX).map(Signal::new);
  }

  private static Optional<Integer> number(String text) {
    return text.matches("[0-9]{1,2}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  /** {@code SIGTERM}, {@code SIGRTMIN+3}, or the number of a signal without a name. */
  public String name() {
    if (number >= 1 && number <= NAMES.size()) {
      return "SIG" + NAMES.get(number - 1);
    }
    if (number >= REALTIME_MIN && number <= REALTIME_MAX) {
      return "SIGRTMIN+" + (number - REALTIME_MIN);
    }
    return Integer.toString(number);
  }

  @Override
  public String toString() {
    return name();
  }
}
