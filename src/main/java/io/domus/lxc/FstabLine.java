// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import java.util.List;
import java.util.Optional;

/** What a line of an fstab mounts: fstab(5). */
record FstabLine(String source, String target, String type, List<String> options) {
  FstabLine {
    options = List.copyOf(options);
  }

  /** Empty if the line names no source, target and type. */
  static Optional<FstabLine> parse(String line) {
    List<String> words = Values.words(line);
    if (words.size() < 3) {
      return Optional.empty();
    }
    List<String> options =
        words.size() == 3 ? List.of() : List.of(unescape(words.get(3)).split(",", -1));
    return Optional.of(
        new FstabLine(
            unescape(words.get(0)),
            unescape(words.get(1)),
            unescape(words.get(2)),
            options.stream().filter(option -> !option.isEmpty()).toList()));
  }

  boolean has(String option) {
    return options.contains(option);
  }

  /** The value of an option {@code name=value}. */
  Optional<String> value(String name) {
    return options.stream()
        .filter(option -> option.startsWith(name + "="))
        .map(option -> option.substring(name.length() + 1))
        .reduce((first, last) -> last);
  }

  /** {@code \040} is a blank: an octal number behind a backslash is a character. */
  private static String unescape(String word) {
    if (word.indexOf('\\') < 0) {
      return word;
    }
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < word.length(); index++) {
      char character = word.charAt(index);
      if (character == '\\' && isOctal(word, index + 1)) {
        text.append((char) Integer.parseInt(word.substring(index + 1, index + 4), 8));
        index += 3;
      } else if (character == '\\' && index + 1 < word.length() && word.charAt(index + 1) == '\\') {
        text.append('\\');
        index++;
      } else {
        text.append(character);
      }
    }
    return text.toString();
  }

  private static boolean isOctal(String word, int from) {
    return from + 3 <= word.length()
        && word.substring(from, from + 3).chars().allMatch(digit -> digit >= '0' && digit <= '7');
  }

  /** The opposite, for one word. */
  static String escape(String word) {
    return word.replace("\\", "\\134")
        .replace(" ", "\\040")
        .replace("\t", "\\011")
        .replace("\n", "\\012");
  }
}
