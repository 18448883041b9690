// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.Definition;
import io.domus.driver.DefinitionReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** An argument that is a file, or else a stored domain. */
final class DefinitionArgument {
  private DefinitionArgument() {}

  static Definition read(Session session, String argument) {
    DefinitionReader definitions = new DefinitionReader(session.driver());
    if (isFile(argument)) {
      DefinitionFile file = DefinitionFile.read(session, argument);
      return definitions.parse(file.name(), file.bytes());
    }
    return definitions.stored(session.find(argument));
  }

  private static boolean isFile(String argument) {
    if (argument.equals("-") || argument.endsWith(".xml") || argument.indexOf('/') >= 0) {
      return true;
    }
    try {
      return Files.isRegularFile(Path.of(argument));
    } catch (InvalidPathException noPath) {
      return false;
    }
  }
}
