// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables of a script: those that LXC sets, and those that the script itself sets. */
final class ScriptVariables {
  private static final Pattern USE = Pattern.compile("\\$(?:\\{(\\w+)\\}|(\\w+))");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?:export\\s+)?([A-Za-z_]\\w*)=(\"[^\"]*\"|'[^']*'|\\S*)");

  /** What makes a command more than words. */
  private static final Pattern SHELL = Pattern.compile("[$`;|&<>*?\\\\()]");

  private final Map<String, String> values;

  ScriptVariables(Map<String, String> given) {
    values = new HashMap<>(given);
  }

  /** With the values of the variables; those that are not known stay. */
  String expand(String text) {
    return USE.matcher(text)
        .replaceAll(
            use -> {
              String name = use.group(1) == null ? use.group(2) : use.group(1);
              return Matcher.quoteReplacement(values.getOrDefault(name, use.group()));
            });
  }

  /** Remembers an assignment; false if the statement is none. */
  boolean assign(String statement) {
    Matcher matcher = ASSIGNMENT.matcher(statement);
    if (!matcher.matches()) {
      return false;
    }
    String value = expand(ConfigText.unquoted(matcher.group(2)));
    if (SHELL.matcher(value).find()) {
      // Only a shell knows the value, so what uses it is not understood either.
      values.remove(matcher.group(1));
      return false;
    }
    values.put(matcher.group(1), value);
    return true;
  }

  /** The words of a command, empty if only a shell can tell them. */
  Optional<List<String>> command(String statement) {
    String text =
        expand(statement).replaceFirst("\\s*\\|\\|\\s*(true|:|exit(\\s+[0-9]+)?)$", "").strip();
    return SHELL.matcher(text).find() || !ConfigText.fitsXml(text)
        ? Optional.empty()
        : Optional.of(
            Values.command(text).stream().takeWhile(word -> !word.startsWith("#")).toList());
  }
}
