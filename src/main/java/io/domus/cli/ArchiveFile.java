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

/** An archive as the command line names it: a file, or {@code -} for what is piped. */
record ArchiveFile(String name) {
  private static final String PIPE = "-";

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
    Path directory = Path.of(name).toAbsolutePath().getParent();
    if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
      throw new OperationFailedException(
          "cannot write " + name + ": '" + directory + "' is no directory that can be written to");
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
    Path file = Path.of(name).toAbsolutePath();
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

  /** Bytes, as it lies there. */
  long size() throws IOException {
    return Files.size(Path.of(name));
  }

  InputStream open(Session session) {
    try {
      return isPipe() ? session.streams().in() : Files.newInputStream(Path.of(name));
    } catch (IOException failure) {
      throw new ReadFailedException("cannot read " + name + ": " + Reason.of(failure), failure);
    }
  }
}
