// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.LayerFacts;
import io.domus.kernel.KernelException;
import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

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
  private boolean userAttributes;

  LayerScan(Syscalls syscalls) {
    this.syscalls = syscalls;
  }

  LayerFacts scan(Path root) {
    if (syscalls.geteuid() != 0) {
      // The kernel hides trusted attributes from ordinary users: absence would prove nothing.
      return LayerFacts.UNKNOWN;
    }
    try {
      opaqueRoot =
          syscalls.lgetxattr(root, TRUSTED + "opaque").isPresent()
              || syscalls.lgetxattr(root, USER + "opaque").isPresent();
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                throws IOException {
              look(directory);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (attributes.isRegularFile()) {
                look(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException unreadable) {
      return LayerFacts.UNKNOWN;
    }
    return new LayerFacts(true, opaqueRoot, metacopy, redirect, escaped, userAttributes);
  }

  private void look(Path path) throws KernelException {
    for (String name : syscalls.llistxattr(path)) {
      if (name.startsWith(TRUSTED)) {
        note(name.substring(TRUSTED.length()));
      } else if (name.startsWith(USER)) {
        userAttributes = true;
        note(name.substring(USER.length()));
      }
    }
  }

  private void note(String mark) {
    metacopy |= mark.equals("metacopy");
    redirect |= mark.equals("redirect");
    escaped |= mark.startsWith("overlay.");
  }
}
