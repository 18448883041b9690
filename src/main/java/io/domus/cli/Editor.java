// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.OperationFailedException;
import io.domus.tool.Command;
import io.domus.tool.CommandException;
import io.domus.tool.CommandRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The user's editor.
 *
 * @param words the program and its first arguments
 * @param origin why it is this one
 */
record Editor(CommandRunner runner, List<String> words, String origin) {
  static Editor of(Session session) {
    CommandRunner runner = session.driver().runner();
    for (String variable : List.of("VISUAL", "EDITOR")) {
      List<String> words = split(session.environment().getOrDefault(variable, ""));
      if (!words.isEmpty()) {
        return new Editor(runner, words, "it is named by " + variable);
      }
    }
    return new Editor(runner, List.of("vi"), "neither VISUAL nor EDITOR names another one");
  }

  /** Words as a shell divides them, with quotes and backslashes, and nothing else of a shell. */
  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int index = 0; index < line.length(); index++) {
      char next = line.charAt(index);
      boolean escape = next == '\\' && quote != '\'' && index + 1 < line.length();
      if (escape) {
        index++;
        word.append(line.charAt(index));
        begun = true;
      } else if (quote != 0 ? next == quote : next == '"' || next == '\'') {
        quote = quote == 0 ? next : 0;
        begun = true;
      } else if (quote == 0 && Character.isWhitespace(next)) {
        add(words, word, begun);
        begun = false;
      } else {
        word.append(next);
        begun = true;
      }
    }
    add(words, word, begun);
    return words;
  }

  private static void add(List<String> words, StringBuilder word, boolean begun) {
    if (begun) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  /**
   * Returns when the user has closed it.
   *
   * @throws OperationFailedException if it says that it failed: what it left is then not trusted
   */
  void edit(Path file) throws IOException {
    List<String> argv = new ArrayList<>(words);
    argv.add(file.toString());
    int status = run(Command.of(argv));
    if (status != 0) {
      throw new OperationFailedException(
          "the editor "
              + words.getFirst()
              + " ended with status "
              + status
              + ": nothing is stored");
    }
  }

  private int run(Command command) {
    try {
      return runner.inherit(command);
    } catch (CommandException failure) {
      throw new OperationFailedException(failure.getMessage() + " (" + origin + ")", failure);
    }
  }
}
