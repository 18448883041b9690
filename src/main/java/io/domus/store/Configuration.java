// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import io.domus.domain.InvalidDefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The settings of {@code domus.conf}: lines of {@code name = value}, comments from {@code #} on.
 *
 * @param consoleLogSize bytes after which a console log is rotated
 * @param consoleLogFiles how many rotated logs are kept
 */
public record Configuration(long consoleLogSize, int consoleLogFiles) {
  public static final Configuration DEFAULT = new Configuration(10L << 20, 4);

  private static final int MOST_FILES = 100;

  /**
   * A file that is not there sets nothing.
   *
   * @throws InvalidDefinitionException naming file and line, if a setting is unknown or wrong
   */
  public static Configuration read(Path file) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException absent) {
      return DEFAULT;
    }
    Configuration configuration = DEFAULT;
    int number = 0;
    for (String line : lines) {
      number++;
      int comment = line.indexOf('#');
      String text = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (!text.isEmpty()) {
        configuration = configuration.with(text, file + ":" + number + ": error: ");
      }
    }
    return configuration;
  }

  private Configuration with(String setting, String where) {
    int equals = setting.indexOf('=');
    if (equals < 0) {
      throw new InvalidDefinitionException(where + "expected 'name = value'");
    }
    String name = setting.substring(0, equals).strip();
    String value = setting.substring(equals + 1).strip();
    return switch (name) {
      case "console_log_size" -> new Configuration(size(value, where), consoleLogFiles);
      case "console_log_files" ->
          new Configuration(consoleLogSize, (int) number(value, 1, MOST_FILES, where));
      default ->
          throw new InvalidDefinitionException(
              where + "no setting '" + name + "'; there are console_log_size, console_log_files");
    };
  }

  private static long size(String value, String where) {
    int shift =
        Math.max(0, "KMG".indexOf(value.isEmpty() ? ' ' : value.charAt(value.length() - 1)) + 1)
            * 10;
    String digits = shift == 0 ? value : value.substring(0, value.length() - 1);
    return number(digits, 1, Integer.MAX_VALUE, where) << shift;
  }

  private static long number(String digits, long least, long most, String where) {
    boolean plain =
        !digits.isEmpty() && digits.length() <= 10 && digits.chars().allMatch(Character::isDigit);
    if (!plain || Long.parseLong(digits) < least || Long.parseLong(digits) > most) {
      throw new InvalidDefinitionException(
          where + "expected a number from " + least + " to " + most + ", not '" + digits + "'");
    }
    return Long.parseLong(digits);
  }
}
