// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainException;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;

/** A stored definition in a file of the user's, until it is stored again or given up. */
final class EditedCopy {
  private final Editable document;
  private final byte[] before;
  private final Path file;

  /** What is replaced: what was stored at first, or what the user insists on replacing. */
  private Optional<byte[]> base;

  private EditedCopy(Editable document, byte[] before, Path file) {
    this.document = document;
    this.before = before;
    this.base = Optional.of(before);
    this.file = file;
  }

  /** What came of an attempt to store it. */
  enum Outcome {
    DONE,
    /** It is not valid, or cannot be stored. */
    FAULTY,
    /** Somebody else has stored another definition since. */
    OVERTAKEN
  }

  static EditedCopy of(Session session, Editable document) throws IOException {
    byte[] stored =
        document
            .stored()
            .orElseThrow(
                () ->
                    new OperationInvalidException(
                        "no definition of " + document.text() + " is stored"));
    var onlyWe = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path directory = directory(session);
    try {
      Path file = Files.createTempFile(directory, document.name() + "-", ".xml", onlyWe);
      return filled(document, stored, file);
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot put the definition of "
              + document.text()
              + " into a file in "
              + directory
              + ": "
              + failure.getMessage(),
          failure);
    }
  }

  private static EditedCopy filled(Editable document, byte[] stored, Path file) throws IOException {
    try {
      Files.write(file, stored);
    } catch (IOException failure) {
      Files.deleteIfExists(file);
      throw failure;
    }
    return new EditedCopy(document, stored, file);
  }

  private static Path directory(Session session) {
    Path chosen = Path.of(session.environment().getOrDefault("TMPDIR", ""));
    return chosen.isAbsolute() && Files.isDirectory(chosen) ? chosen : Path.of("/tmp");
  }

  Path file() {
    return file;
  }

  boolean isSame() throws IOException {
    return Arrays.equals(before, Files.readAllBytes(file));
  }

  Outcome define(Session session) throws IOException {
    byte[] after = Files.readAllBytes(file);
    try {
      document.replace(base, file.toString(), after).forEach(session.err()::print);
      Files.deleteIfExists(file);
      return Outcome.DONE;
    } catch (OperationInvalidException overtaken) {
      session.errors().print(overtaken);
      return Outcome.OVERTAKEN;
    } catch (DomainException fault) {
      session.errors().print(fault);
      return Outcome.FAULTY;
    }
  }

  /** In the place of what is stored now, whoever stored it. */
  Outcome force(Session session) throws IOException {
    base = document.stored();
    return define(session);
  }

  /** Removes a file that holds nothing of the user's; says where one is that stays. */
  Optional<String> discard() {
    try {
      if (Files.exists(file) && isSame()) {
        Files.delete(file);
      }
    } catch (IOException kept) {
      // Then it is there, whatever is in it.
      return Optional.of(place());
    }
    return Files.exists(file) ? Optional.of(place()) : Optional.empty();
  }

  private String place() {
    return "error: your text is in " + file;
  }
}
