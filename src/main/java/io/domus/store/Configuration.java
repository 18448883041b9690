// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.domus.domain.IdMap;
import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of {@code domus.conf}: lines of {@code name = value}, comments from {@code #} on.
 *
 * @param consoleLogSize bytes after which a console log is rotated
 * @param consoleLogFiles how many rotated logs are kept
 * @param volumeGroup where LVM makes volumes for clones
 * @param thinPool from which they take their room as they need it
 * @param boot what is done when the host comes up and goes down
 * @param hookTimeout how long a hook may take
 * @param restartLimit how often a guest is restarted in a row, 0 for any number of times
 * @param ids of which domains get theirs
 */
public record Configuration(
    long consoleLogSize,
    int consoleLogFiles,
    Optional<String> volumeGroup,
    Optional<String> thinPool,
    BootPolicy boot,
    Duration hookTimeout,
    int restartLimit,
    IdPool ids) {
  public static final Configuration DEFAULT =
      new Configuration(
          10L << 20,
          4,
          Optional.empty(),
          Optional.empty(),
          BootPolicy.DEFAULT,
          Duration.ofMinutes(1),
          10,
          IdPool.DEFAULT);

  private static final List<String> NAMES =
      List.of(
          "console_log_size",
          "console_log_files",
          "lvm_vg",
          "lvm_thin_pool",
          "autostart",
          "autostart_parallel",
          "host_shutdown",
          "host_shutdown_timeout",
          "hook_timeout",
          "restart_limit",
          "idmap_base",
          "idmap_count");

  private static final int MOST_FILES = 100;
  private static final int MOST_PARALLEL = 1000;
  private static final int LONGEST_PATIENCE = 86_400;
  private static final int MOST_SECONDS = 3600;
  private static final int MOST_RESTARTS = 1_000_000;

  /** Hears of a line that sets nothing, and why. */
  @FunctionalInterface
  public interface FaultListener {
    void hear(int line, String fault);
  }

  /**
   * A file that is not there sets nothing.
   *
   * @throws InvalidDefinitionException naming file and line of every setting that is unknown, wrong
   *     or there twice
   */
  public static Configuration read(Path file) throws IOException {
    List<String> faults = new ArrayList<>();
    Configuration configuration =
        read(file, (line, fault) -> faults.add(file + ":" + line + ": error: " + fault));
    if (!faults.isEmpty()) {
      throw new InvalidDefinitionException(String.join("\n", faults));
    }
    return configuration;
  }

  /** The same for who must go on: what is wrong sets nothing, so that the default holds. */
  public static Configuration read(Path file, FaultListener faults) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException absent) {
      return DEFAULT;
    }
    Configuration configuration = DEFAULT;
    Map<String, Integer> set = new HashMap<>();
    int number = 0;
    // A comment may be in any encoding; no setting needs more than ASCII.
    for (String line : new String(bytes, UTF_8).lines().toList()) {
      number++;
      int comment = line.indexOf('#');
      String text = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (!text.isEmpty()) {
        try {
          configuration = configuration.with(text, set, number);
        } catch (InvalidDefinitionException fault) {
          faults.hear(number, fault.getMessage());
        }
      }
    }
    return configuration;
  }

  /**
   * @param set which settings have been made, and where
   */
  private Configuration with(String line, Map<String, Integer> set, int number) {
    int equals = line.indexOf('=');
    if (equals < 0) {
      throw new InvalidDefinitionException("expected 'name = value', not '" + line + "'");
    }
    String name = line.substring(0, equals).strip();
    if (!NAMES.contains(name)) {
      throw new InvalidDefinitionException(
          "no setting '"
              + name
              + "'"
              + NearestName.of(name, NAMES)
                  .map(near -> ", did you mean '" + near + "'?")
                  .orElse("; there are " + String.join(", ", NAMES)));
    }
    if (set.containsKey(name)) {
      throw new InvalidDefinitionException(name + ": set in line " + set.get(name) + " already");
    }
    Configuration configuration = with(name, line.substring(equals + 1).strip());
    set.put(name, number);
    return configuration;
  }

  private Configuration with(String name, String value) {
    String where = name + ": ";
    return switch (name) {
      case "console_log_size" -> withLogs(size(value, where), consoleLogFiles);
      case "console_log_files" ->
          withLogs(consoleLogSize, (int) number(value, 1, MOST_FILES, where));
      case "lvm_vg" -> withLvm(Optional.of(lvmName(value, where)), thinPool);
      case "lvm_thin_pool" -> withLvm(volumeGroup, Optional.of(lvmName(value, where)));
      case "autostart" -> withBoot(boot.withStart(word(BootPolicy.Start.values(), value, where)));
      case "autostart_parallel" ->
          withBoot(boot.withParallel((int) number(value, 1, MOST_PARALLEL, where)));
      case "host_shutdown" -> withBoot(boot.withStop(word(BootPolicy.Stop.values(), value, where)));
      case "host_shutdown_timeout" ->
          withBoot(
              boot.withPatience(Duration.ofSeconds(number(value, 1, LONGEST_PATIENCE, where))));
      case "hook_timeout" ->
          withRuns(Duration.ofSeconds(number(value, 1, MOST_SECONDS, where)), restartLimit);
      case "restart_limit" -> withRuns(hookTimeout, (int) number(value, 0, MOST_RESTARTS, where));
      case "idmap_base" ->
          withIds(new IdPool(number(value, 1, IdPool.HIGHEST_BASE, where), ids.count()));
      case "idmap_count" ->
          withIds(
              new IdPool(
                  ids.base(), number(value, IdMap.AUTOMATIC_COUNT, IdMap.Range.LIMIT, where)));
      default -> throw new IllegalArgumentException("no setting: " + name);
    };
  }

  private Configuration withBoot(BootPolicy other) {
    return new Configuration(
        consoleLogSize,
        consoleLogFiles,
        volumeGroup,
        thinPool,
        other,
        hookTimeout,
        restartLimit,
        ids);
  }

  private Configuration withLogs(long size, int files) {
    return new Configuration(
        size, files, volumeGroup, thinPool, boot, hookTimeout, restartLimit, ids);
  }

  private Configuration withLvm(Optional<String> group, Optional<String> pool) {
    return new Configuration(
        consoleLogSize, consoleLogFiles, group, pool, boot, hookTimeout, restartLimit, ids);
  }

  private Configuration withRuns(Duration hooks, int restarts) {
    return new Configuration(
        consoleLogSize, consoleLogFiles, volumeGroup, thinPool, boot, hooks, restarts, ids);
  }

  private Configuration withIds(IdPool pool) {
    return new Configuration(
        consoleLogSize,
        consoleLogFiles,
        volumeGroup,
        thinPool,
        boot,
        hookTimeout,
        restartLimit,
        pool);
  }

  /** Words are the names of constants as they are written in files: {@code last-state}. */
  private static <E extends Enum<E>> E word(E[] constants, String value, String where) {
    List<String> words =
        Arrays.stream(constants)
            .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .toList();
    if (!words.contains(value)) {
      throw new InvalidDefinitionException(
          where
              + "expected one of "
              + String.join(", ", words)
              + ", not '"
              + value
              + "'"
              + NearestName.hint(value, words));
    }
    return constants[words.indexOf(value)];
  }

  /** A name of LVM alone: where one is expected, nothing may be read as a path or an option. */
  private static String lvmName(String value, String where) {
    if (!value.matches("[A-Za-z0-9_.+][A-Za-z0-9_.+-]*")) {
      throw new InvalidDefinitionException(where + "expected a name of LVM, not '" + value + "'");
    }
    return value;
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
