// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.nio.file.Path;

/** Something that {@code validate} was given, or came upon in a directory it was given. */
sealed interface Input {
  /** As the user named it; below a directory, with the directory's name before it. */
  String name();

  /**
   * A file.
   *
   * @param named by the user, not merely found in a directory
   * @param identity the same for two names of one file
   */
  record Document(String name, Path path, boolean named, Object identity) implements Input {}

  record StandardInput(String name) implements Input {}

  /** Something that was to be read and cannot be. */
  record Missing(String name, String why) implements Input {}

  /** Something in a directory that is not looked into. */
  record PassedOver(String name, String why) implements Input {}
}
