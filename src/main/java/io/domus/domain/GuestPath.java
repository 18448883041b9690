// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Objects;

/**
 * A path inside a guest: absolute, without {@code .}, {@code ..}, doubled or trailing slashes. It
 * is never followed as a host path, which is why it is no {@link java.nio.file.Path}.
 */
public record GuestPath(String value) implements Comparable<GuestPath> {
  public static final GuestPath ROOT = new GuestPath("/");

  public GuestPath {
    Objects.requireNonNull(value, "value");
    if (!isNormalised(value)) {
      throw new IllegalArgumentException("not an absolute, normalised path: '" + value + "'");
    }
  }

  public static boolean isNormalised(String path) {
    if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
      return false;
    }
    if (path.equals("/")) {
      return true;
    }
    for (String part : path.substring(1).split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return false;
      }
    }
    return true;
  }

  public boolean isRoot() {
    return value.equals("/");
  }

  /** The number of names in it: 0 for the root. Mounts are ordered by it. */
  public int depth() {
    return isRoot() ? 0 : (int) value.chars().filter(character -> character == '/').count();
  }

  /** True if {@code other} is this path or lies below it. */
  public boolean contains(GuestPath other) {
    return isRoot() || other.value.equals(value) || other.value.startsWith(value + "/");
  }

  /** What remains of {@code other}, which lies below this path, as a path from here. */
  public GuestPath relativize(GuestPath other) {
    if (!contains(other)) {
      throw new IllegalArgumentException(other + " is not below " + this);
    }
    String rest = isRoot() ? other.value : other.value.substring(value.length());
    return rest.isEmpty() ? ROOT : new GuestPath(rest);
  }

  @Override
  public int compareTo(GuestPath other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
