// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Changes of files of which one, by its number, kills the process or fails. */
public final class FatalFileChanges implements FileChanges {
  private final int fatal;
  private final How how;
  private int count;

  /** What happens at the fatal change. */
  public enum How {
    /** Nothing more is done, not even to put things right. */
    KILL,
    /** It is not done, all others are. */
    FAIL
  }

  /** In the place of the end of the process. */
  public static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A change. */
  private interface Change {
    void make() throws IOException;
  }

  /**
   * @param fatal counted from 1
   */
  public FatalFileChanges(int fatal, How how) {
    this.fatal = fatal;
    this.how = how;
  }

  /** Whether the process would be dead. */
  public boolean dead() {
    return how == How.KILL && failed();
  }

  /** Whether the fatal change was reached. */
  public boolean failed() {
    return count >= fatal;
  }

  private void change(Change half, Change whole) throws IOException {
    count++;
    if (count == fatal || dead()) {
      if (how == How.FAIL) {
        throw new IOException("no space");
      }
      if (count == fatal) {
        half.make();
      }
      throw new Killed();
    }
    whole.make();
  }

  private static void nothing() {}

  @Override
  public void write(Path file, byte[] content, String permissions) throws IOException {
    change(() -> begin(file, content), () -> DURABLE.write(file, content, permissions));
  }

  /** As a writer leaves it that is killed before its rename. */
  private static void begin(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(
        file.resolveSibling("." + file.getFileName() + ".new"),
        java.util.Arrays.copyOf(content, content.length / 2));
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    change(FatalFileChanges::nothing, () -> DURABLE.move(from, to));
  }

  @Override
  public void delete(Path file) throws IOException {
    change(FatalFileChanges::nothing, () -> DURABLE.delete(file));
  }

  @Override
  public void deleteEmpty(Path directory) throws IOException {
    change(FatalFileChanges::nothing, () -> DURABLE.deleteEmpty(directory));
  }
}
