// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** What is done to files where it must be done in a certain order: each is durable on return. */
public interface FileChanges {
  /** On the disk. */
  FileChanges DURABLE = new Durable();

  /**
   * Writes a file whole, over one that is there.
   *
   * @param permissions as {@code ls} prints them: {@code rw-------}
   */
  void write(Path file, byte[] content, String permissions) throws IOException;

  /** Renames a file or directory; never over another one. */
  void move(Path from, Path to) throws IOException;

  /** Deletes a file if it is there. */
  void delete(Path file) throws IOException;

  /** Deletes a directory if it is there and empty. */
  void deleteEmpty(Path directory) throws IOException;

  /** The real one. */
  final class Durable implements FileChanges {
    private Durable() {}

    @Override
    public void write(Path file, byte[] content, String permissions) throws IOException {
      AtomicFile.write(file, content, permissions);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
      if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(to.toString());
      }
      AtomicFile.move(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
      AtomicFile.removeUnfinished(file);
      AtomicFile.delete(file);
    }

    @Override
    public void deleteEmpty(Path directory) throws IOException {
      try {
        AtomicFile.delete(directory);
      } catch (DirectoryNotEmptyException used) {
        return;
      }
    }
  }
}
