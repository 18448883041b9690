// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainException;
import io.domus.domain.OperationFailedException;
import io.domus.domain.ReadFailedException;
import io.domus.store.AtomicFile;
import io.domus.store.Writeback;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** An archive as the command line names it: a file, or {@code -} for what is piped. */
record ArchiveFile(String name) {
  private static final String PIPE = "-";

  /** Of inode(7): the bits of a mode that say what a file is, and two of their values. */
  private static final int FILE_TYPE = 0170000;

  private static final int NAMED_PIPE = 0010000;
  private static final int CHARACTER_DEVICE = 0020000;

  boolean isPipe() {
    return name.equals(PIPE);
  }

  /** As messages call it. */
  String shown() {
    return isPipe() ? "<stdin>" : name;
  }

  /** What can be told before a guest has ended for it. */
  void check() {
    if (isPipe()) {
      return;
    }
    Path target = target();
    Path directory = target.getParent();
    if (Files.exists(target) && !Files.isRegularFile(target) && !isStream(target)) {
      throw new OperationFailedException(
          "cannot write " + name + ": it is neither a file nor a pipe");
    }
    if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
      throw new OperationFailedException(
          "cannot write " + name + ": '" + directory + "' is no directory that can be written to");
    }
  }

  /** Where links lead: what they lead to is replaced, not they. */
  private Path target() {
    Path file = Path.of(name).toAbsolutePath();
    try {
      return file.toRealPath();
    } catch (IOException notThere) {
      return file;
    }
  }

  /** A named pipe, or a device such as /dev/null: written to, and never replaced. */
  private static boolean isStream(Path target) {
    try {
      int type = (Integer) Files.getAttribute(target, "unix:mode") & FILE_TYPE;
      return type == NAMED_PIPE || type == CHARACTER_DEVICE;
    } catch (IOException gone) {
      return false;
    }
  }

  /** What writes an archive. */
  @FunctionalInterface
  interface Writer {
    void write(OutputStream out) throws IOException;
  }

  /** The file is there, whole and on the disk, or it is as before; readable by its owner alone. */
  void write(Session session, Writer writer) throws IOException {
    if (isPipe()) {
      writer.write(session.streams().bytes());
      return;
    }
    check();
    Path file = target();
    if (isStream(file)) {
      stream(file, writer);
      return;
    }
    Path prepared =
        Files.createTempFile(
            file.getParent(),
            "." + file.getFileName() + ".",
            ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      try (FileChannel channel = FileChannel.open(prepared, StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
        Writeback writeback = Writeback.of(channel);
        try (writeback) {
          writer.write(out);
          out.flush();
        }
        if (writeback.failure().isPresent()) {
          throw writeback.failure().get();
        }
        channel.force(true);
      }
      AtomicFile.move(prepared, file);
    } catch (DomainException | IOException failure) {
      throw new OperationFailedException(
          "cannot write %s: %s".formatted(name, failure.getMessage()), failure);
    } finally {
      Files.deleteIfExists(prepared);
    }
  }

  private void stream(Path file, Writer writer) {
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE), 1 << 16)) {
      writer.write(out);
      out.flush();
    } catch (DomainException | IOException failure) {
      throw new OperationFailedException(
          "cannot write %s: %s".formatted(name, failure.getMessage()), failure);
    }
  }

  /** Bytes, as it lies there; none of what was written to a pipe. */
  Optional<Long> size() throws IOException {
    return isStream(target()) ? Optional.empty() : Optional.of(Files.size(target()));
  }

  InputStream open(Session session) {
    try {
      return isPipe() ? session.streams().in() : Files.newInputStream(Path.of(name));
    } catch (IOException failure) {
      throw new ReadFailedException("cannot read " + name + ": " + Reason.of(failure), failure);
    }
  }
}
