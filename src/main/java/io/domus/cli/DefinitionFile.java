// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.ReadFailedException;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A document that the user named.
 *
 * @param name how messages name it
 */
record DefinitionFile(String name, byte[] bytes) {
  private static final String STDIN = "-";

  /**
   * Reads no more than is needed to see that it is too large.
   *
   * @param argument a path, or {@code -} for stdin
   * @throws ReadFailedException if that is not possible
   */
  static DefinitionFile read(Session session, String argument) {
    if (argument.isEmpty()) {
      throw new ReadFailedException("cannot read '': no such file");
    }
    if (argument.equals(STDIN)) {
      return read("stdin", session.streams().in());
    }
    try (InputStream in = Files.newInputStream(Path.of(argument))) {
      return read(argument, in);
    } catch (IOException failure) {
      throw unreadable(argument, failure);
    } catch (InvalidPathException odd) {
      throw new ReadFailedException("cannot read " + argument + ": " + odd.getReason(), odd);
    }
  }

  private static DefinitionFile read(String name, InputStream in) {
    try {
      return new DefinitionFile(name, in.readNBytes(XmlSource.LIMIT + 1));
    } catch (IOException failure) {
      throw unreadable(name, failure);
    }
  }

  private static ReadFailedException unreadable(String name, IOException failure) {
    return new ReadFailedException("cannot read " + name + ": " + Reason.of(failure), failure);
  }
}
