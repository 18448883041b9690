// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.QcowHeader;
import io.domus.kernel.KernelException;
import io.domus.kernel.Stat;
import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a qcow2 image is backed by, and what that is backed by, as their headers say. */
final class BackingChain {
  /** More than qemu would open; it ends a circle too. */
  private static final int LONGEST = 200;

  private final Syscalls syscalls;

  BackingChain(Syscalls syscalls) {
    this.syscalls = syscalls;
  }

  /** Without the image itself, the nearest first. */
  List<Path> of(Path image) throws IOException {
    List<Path> chain = new ArrayList<>();
    Path at = image;
    boolean more = true;
    while (more && chain.size() < LONGEST) {
      Optional<QcowHeader.Backing> backing = QcowHeader.backing(head(at));
      if (backing.isPresent()) {
        at = at.resolveSibling(backing.get().file()).normalize();
        chain.add(at);
      }
      more = backing.filter(QcowHeader.Backing::qcow2).isPresent();
    }
    return chain;
  }

  /** Empty for what is no image: nobody is to wait at the end of a pipe. */
  private byte[] head(Path file) throws IOException {
    try {
      Stat stat = syscalls.stat(file);
      if (!stat.isRegularFile() && !stat.isBlockDevice()) {
        return new byte[0];
      }
    } catch (KernelException gone) {
      return new byte[0];
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(QcowHeader.LENGTH);
    }
  }
}
