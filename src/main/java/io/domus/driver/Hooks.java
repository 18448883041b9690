// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.HookFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The programs of this host that are told what happens to domains. */
final class Hooks {
  private Hooks() {}

  /** What tells them of runs. */
  static HookFacts facts(Driver driver) throws IOException {
    return new HookFacts(programs(driver), driver.configuration().hookTimeout());
  }

  /** Those that come with Domus, then this root's; each by name. */
  static List<Path> programs(Driver driver) throws IOException {
    return files(driver).stream().filter(Files::isExecutable).toList();
  }

  /** Those that would be, could they be run. */
  static List<Path> inert(Driver driver) throws IOException {
    return files(driver).stream()
        .filter(file -> !Files.isExecutable(file))
        .filter(file -> !file.getFileName().toString().matches("README(\\..*)?"))
        .toList();
  }

  private static List<Path> files(Driver driver) throws IOException {
    List<Path> hooks = new ArrayList<>();
    for (Path directory : List.of(driver.home().resolve("conf/hooks"), driver.layout().hooks())) {
      if (Files.isDirectory(directory)) {
        try (Stream<Path> files = Files.list(directory)) {
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().matches("\\..*|.*~"))
              .sorted()
              .forEach(hooks::add);
        }
      }
    }
    return hooks;
  }
}
