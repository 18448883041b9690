// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the kernel counts of one guest. On a host of version 1 each controller has a directory of
 * its own; version 2 has one for all, beside them on a hybrid host.
 *
 * @param mount where cgroups are mounted
 * @param path the guest's, as the runtime was told it
 */
record Cgroup(Path mount, String path) {
  private static final Path MOUNT = Path.of("/sys/fs/cgroup");

  static Cgroup of(String path) {
    return new Cgroup(MOUNT, path);
  }

  /** A file of version 1, empty where there is none. */
  Optional<String> old(String controller, String file) {
    return text(mount.resolve(controller), file);
  }

  /** A file of version 2, empty where there is none. */
  Optional<String> unified(String file) {
    return text(mount, file).or(() -> text(mount.resolve("unified"), file));
  }

  private Optional<String> text(Path hierarchy, String file) {
    if (path.length() < 2) {
      // Of the host's own, no guest is told.
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(hierarchy.resolve(path.substring(1)).resolve(file)));
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  /** A number of version 1. */
  OptionalLong oldNumber(String controller, String file) {
    return number(old(controller, file));
  }

  /** A number of version 2. */
  OptionalLong unifiedNumber(String file) {
    return number(unified(file));
  }

  /** Of a file that holds one; {@code max} is none. */
  private static OptionalLong number(Optional<String> text) {
    return text.map(String::strip)
        .filter(Cgroup::isNumber)
        .map(digits -> OptionalLong.of(Long.parseLong(digits)))
        .orElse(OptionalLong.empty());
  }

  /** The number behind a name, in a text that has a line {@code name number} each. */
  static OptionalLong of(Optional<String> text, String name) {
    return text.stream()
        .flatMap(String::lines)
        .map(line -> List.of(line.strip().split("\\s+")))
        .filter(words -> words.size() == 2 && words.getFirst().equals(name))
        .map(List::getLast)
        .filter(Cgroup::isNumber)
        .mapToLong(Long::parseLong)
        .findFirst();
  }

  static boolean isNumber(String text) {
    return text.matches("[0-9]{1,18}");
  }
}
