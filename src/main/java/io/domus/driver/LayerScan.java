// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.LayerFacts;
import io.domus.kernel.DeviceNumber;
import io.domus.kernel.Errno;
import io.domus.kernel.KernelException;
import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Reads a layer's overlay marks from every inode: one file with metadata only, anywhere in it, is
 * enough to change what a flattened overlay shows.
 */
final class LayerScan {
  private static final String TRUSTED = "trusted.overlay.";
  private static final String USER = "user.overlay.";

  private final Syscalls syscalls;
  private boolean opaqueRoot;
  private boolean metacopy;
  private boolean redirect;
  private boolean escaped;
  private boolean hides;

  LayerScan(Syscalls syscalls) {
    this.syscalls = syscalls;
  }

  /** Unknown if the layer cannot be read to its end; only root is shown trusted attributes. */
  LayerFacts scan(Path layer) {
    if (syscalls.geteuid() != 0) {
      return LayerFacts.UNKNOWN;
    }
    try {
      // overlayfs follows a link here too.
      Path root = layer.toRealPath();
      Files.walkFileTree(root, new Visitor(root, syscalls.lstat(root).device()));
      return new LayerFacts(true, opaqueRoot, metacopy, redirect, escaped, hides);
    } catch (IOException unreadable) {
      return LayerFacts.UNKNOWN;
    }
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;
    private final DeviceNumber device;

    Visitor(Path root, DeviceNumber device) {
      this.root = root;
      this.device = device;
    }

    /** What is mounted in a layer does not show in the overlay. */
    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      if (!syscalls.lstat(directory).device().equals(device)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      look(directory, directory.equals(root));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile()) {
        look(file, false);
      } else if (attributes.isOther()) {
        hides |= syscalls.lstat(file).isWhiteout();
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }

  private void look(Path path, boolean root) throws KernelException {
    for (String name : attributes(path)) {
      if (name.startsWith(TRUSTED)) {
        note(name.substring(TRUSTED.length()), root);
      } else if (name.startsWith(USER)) {
        note(name.substring(USER.length()), root);
      }
    }
  }

  /** None on a filesystem that keeps none, or of a file that has just gone. */
  private List<String> attributes(Path path) throws KernelException {
    try {
      return syscalls.llistxattr(path);
    } catch (KernelException failure) {
      if (failure.errno().equals(Errno.EOPNOTSUPP) || failure.errno().equals(Errno.ENOENT)) {
        return List.of();
      }
      throw failure;
    }
  }

  private void note(String mark, boolean root) {
    metacopy |= mark.equals("metacopy");
    redirect |= mark.equals("redirect");
    escaped |= mark.startsWith("overlay.");
    opaqueRoot |= root && mark.equals("opaque");
    hides |= mark.equals("whiteout") || (!root && mark.equals("opaque"));
  }
}
