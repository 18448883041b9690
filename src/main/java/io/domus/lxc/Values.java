// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.SignalName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers, sizes, signals and words as LXC and the kernel read them. */
final class Values {
  /** What libvirt calls an unlimited amount of memory: 2^53-1 KiB. */
  static final long UNLIMITED = 9_007_199_254_740_991L * 1024;

  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,19})\\s*([kKmMgGtTpPeE]?)(?:[iI]?[bB])?");

  /** The highest real-time signal. */
  private static final int RTMAX = 64;

  private Values() {}

  /** Decimal, {@code 0x} hexadecimal, or octal behind a 0, as strtol(3) takes it. */
  static OptionalLong whole(String text) {
    try {
      return OptionalLong.of(Long.decode(text.strip()));
    } catch (NumberFormatException none) {
      return OptionalLong.empty();
    }
  }

  static OptionalLong whole(String text, long least, long most) {
    OptionalLong number = whole(text);
    return number.isPresent() && number.getAsLong() >= least && number.getAsLong() <= most
        ? number
        : OptionalLong.empty();
  }

  /** A size with or without a unit, at most {@link #UNLIMITED}, which {@code max} and -1 are. */
  static OptionalLong bytes(String text) {
    String size = text.strip();
    if (size.equals("max") || size.equals("-1")) {
      return OptionalLong.of(UNLIMITED);
    }
    Matcher matcher = SIZE.matcher(size);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    double bytes = Double.parseDouble(matcher.group(1));
    long factor = 1;
    if (!matcher.group(2).isEmpty()) {
      factor =
          1L << (10 * (1 + "kmgtpe".indexOf(Character.toLowerCase(matcher.group(2).charAt(0)))));
    }
    return OptionalLong.of(
        bytes * factor >= UNLIMITED ? UNLIMITED : Long.parseLong(matcher.group(1)) * factor);
  }

  /**
   * A signal's name by its number or name in any case, {@code SIGRTMIN+n} and {@code SIGRTMAX-n}.
   */
  static Optional<String> signal(String text) {
    String name = text.strip().toUpperCase(java.util.Locale.ROOT);
    int number = SignalName.find(name).orElse(0);
    if (name.matches("SIGRTMAX(-[0-9]{1,2})?")) {
      number = RTMAX - (name.length() == 8 ? 0 : Integer.parseInt(name.substring(9)));
    }
    return number > 0 && !SignalName.name(number).startsWith("signal")
        ? Optional.of(SignalName.name(number))
        : Optional.empty();
  }

  static List<String> words(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+"));
  }

  /** Words as a command has them: what is in quotes belongs together. */
  static List<String> command(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    boolean inWord = false;
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (quote != 0) {
        if (character == quote) {
          quote = 0;
        } else {
          word.append(character);
        }
      } else if (character == '"' || character == '\'') {
        quote = character;
        inWord = true;
      } else if (character == ' ' || character == '\t') {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        word.append(character);
        inWord = true;
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }
}
