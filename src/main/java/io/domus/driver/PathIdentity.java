// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which paths are one file, device or directory now, whatever they are called. What is not there is
 * known by its name.
 */
final class PathIdentity {
  private final Map<Path, Object> known = new HashMap<>();

  /** The number of a block device. */
  private record Device(Object number) {}

  /** Equal for equal things. */
  Object of(Path path) {
    return known.computeIfAbsent(path, PathIdentity::identity);
  }

  private static Object identity(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.isOther()
          ? new Device(Files.getAttribute(path, "unix:rdev"))
          : Objects.requireNonNull(attributes.fileKey());
    } catch (IOException gone) {
      return path.normalize();
    }
  }
}
