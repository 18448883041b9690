// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainException;
import io.domus.domain.OperationInvalidException;
import io.domus.driver.DefineOperation;
import io.domus.driver.Definition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/** A stored definition in a file of the user's, until it is stored again or given up. */
final class EditedCopy {
  private final String name;
  private final byte[] before;
  private final Path file;

  private EditedCopy(String name, byte[] before, Path file) {
    this.name = name;
    this.before = before;
    this.file = file;
  }

  /** What came of an attempt to store it. */
  enum Outcome {
    DONE,
    FAULTY,
    HOPELESS
  }

  static EditedCopy of(String name, byte[] stored) throws IOException {
    var onlyWe = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path file = Files.createTempFile(name + "-", ".xml", onlyWe);
    Files.write(file, stored);
    return new EditedCopy(name, stored, file);
  }

  String name() {
    return name;
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
      Definition definition =
          new DefineOperation(session.driver()).replace(name, before, file.toString(), after);
      Warnings.print(session.err(), definition);
      Files.delete(file);
      return Outcome.DONE;
    } catch (OperationInvalidException overtaken) {
      session.errors().print(overtaken);
      return Outcome.HOPELESS;
    } catch (DomainException fault) {
      session.errors().print(fault);
      return Outcome.FAULTY;
    }
  }

  /** Removes a file that holds nothing of the user's; true if one stays. */
  boolean discardIfSame() throws IOException {
    if (Files.exists(file) && isSame()) {
      Files.delete(file);
    }
    return Files.exists(file);
  }
}
