// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Origin;
import java.nio.file.Path;

/** Compares what a definition says of a host path with what is there. */
final class SourceCheck {
  private SourceCheck() {}

  static void directory(Draft draft, Path path, Origin origin) {
    check(draft, path, origin, "source directory", SourceFacts.Kind.DIRECTORY);
  }

  static void image(Draft draft, Path path, Origin origin) {
    check(draft, path, origin, "image", SourceFacts.Kind.FILE);
  }

  static void device(Draft draft, Path path, Origin origin) {
    check(draft, path, origin, "device", SourceFacts.Kind.BLOCK_DEVICE);
  }

  static void character(Draft draft, Path path, Origin origin) {
    check(draft, path, origin, "device", SourceFacts.Kind.CHARACTER_DEVICE);
  }

  /** A file through which the kernel shows a namespace. */
  static void namespace(Draft draft, Path path, Origin origin) {
    check(draft, path, origin, "namespace", SourceFacts.Kind.FILE);
  }

  /** A cgroup that must be there already. */
  static void partition(Draft draft, Path path, Origin origin) {
    check(draft, path, origin, "partition", SourceFacts.Kind.DIRECTORY);
  }

  /** A directory or a file, as a host bind takes both. */
  static SourceFacts.Kind either(Draft draft, Path path, Origin origin) {
    SourceFacts.Kind kind = draft.facts().source(path).kind();
    if (kind == SourceFacts.Kind.MISSING || kind == SourceFacts.Kind.UNREADABLE) {
      draft.warn("source '" + path + "' " + kind.text() + ": assumed an empty directory", origin);
      return SourceFacts.Kind.DIRECTORY;
    }
    return kind;
  }

  private static void check(
      Draft draft, Path path, Origin origin, String what, SourceFacts.Kind expected) {
    SourceFacts.Kind kind = draft.facts().source(path).kind();
    if (kind == expected || draft.makes(path)) {
      return;
    }
    String found =
        switch (kind) {
          case MISSING, UNREADABLE -> kind.text() + ": assumed " + assumption(expected);
          case DIRECTORY, FILE, BLOCK_DEVICE, CHARACTER_DEVICE, OTHER ->
              "is a " + kind.text() + ", not a " + expected.text();
        };
    draft.warn(what + " '" + path + "' " + found, origin);
  }

  private static String assumption(SourceFacts.Kind expected) {
    return expected == SourceFacts.Kind.DIRECTORY ? "an empty directory" : "present";
  }
}
