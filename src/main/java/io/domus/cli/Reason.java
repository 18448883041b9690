// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Optional;

/** Why input or output failed, in the kernel's words; Java's messages are often a bare path. */
final class Reason {
  private Reason() {}

  static String of(IOException failure) {
    return ofFile(failure)
        .orElseGet(
            () -> {
              String message = failure.getMessage();
              return message == null ? failure.getClass().getSimpleName() : lower(message);
            });
  }

  /** What a file's failure is by its class, which its message leaves out. */
  static Optional<String> ofFile(Throwable failure) {
    return switch (failure) {
      case NoSuchFileException _ -> Optional.of("no such file");
      case AccessDeniedException _ -> Optional.of("permission denied");
      case FileAlreadyExistsException _ -> Optional.of("file exists");
      case FileSystemException other -> Optional.ofNullable(other.getReason()).map(Reason::lower);
      default -> Optional.empty();
    };
  }

  private static String lower(String text) {
    boolean sentence = text.length() > 1 && Character.isLowerCase(text.charAt(1));
    return sentence ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1) : text;
  }
}
