// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.plan.Note;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A place for one tree of a clone, which a {@link Backend} makes.
 *
 * @param directory all that belongs to it lies below; it is there
 * @param name what tells it from others where the whole host shares names
 * @param bytes its size, where its kind has one
 * @param inodes how many files it must take
 * @param filesystem what it is formatted with, where its kind is
 */
record Volume(
    Path directory,
    String name,
    long bytes,
    long inodes,
    CloneOrder.ImageFilesystem filesystem,
    Note note) {
  Volume {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(filesystem, "filesystem");
    Objects.requireNonNull(note, "note");
  }

  /** In the volume's own directory. */
  Path path(String file) {
    return directory.resolve(file);
  }
}
