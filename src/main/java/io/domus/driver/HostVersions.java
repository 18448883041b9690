// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.tool.Command;
import io.domus.tool.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The versions of what Domus works with. */
public final class HostVersions {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Driver driver;

  public HostVersions(Driver driver) {
    this.driver = driver;
  }

  /**
   * By name, in the order to be shown; programs that are missing are left out.
   *
   * @param domus our own version
   */
  public Map<String, String> all(String domus) throws IOException {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("domus", domus);
    versions.put("java", Runtime.version().toString());
    versions.put("kernel", Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
    for (String program : List.of("crun", "runc", "conmon", "criu")) {
      Optional<Path> found = HostTools.find(program);
      if (found.isPresent()) {
        versions.put(program, number(program, of(found.get())));
      }
    }
    return versions;
  }

  /** What a program says of its version in its first line, or the program itself. */
  String of(Path program) {
    try {
      String option = program.endsWith("ip") ? "-V" : "--version";
      return driver
          .runner()
          .run(Command.of(program.toString(), option), LIMIT)
          .stdout()
          .lines()
          .findFirst()
          .orElse(program.toString());
    } catch (CommandException silent) {
      return program.toString();
    }
  }

  /** {@code 1.21} of {@code crun version 1.21}. */
  private static String number(String program, String line) {
    String text = line;
    for (String word : List.of(program, "version")) {
      String rest = text.strip();
      boolean there = rest.regionMatches(true, 0, word, 0, word.length());
      text = there ? rest.substring(word.length()) : rest;
    }
    return text.startsWith(":") ? text.substring(1).strip() : text.strip();
  }
}
