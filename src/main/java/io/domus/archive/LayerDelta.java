// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import io.domus.kernel.Syscalls;
import io.domus.tool.CommandRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** Between a layer as overlayfs has it, a directory, and as the OCI has it, a tar. */
public final class LayerDelta {
  private final Syscalls syscalls;
  private final CommandRunner runner;
  private final long limit;

  public LayerDelta(Syscalls syscalls, CommandRunner runner) {
    this(syscalls, runner, Long.MAX_VALUE);
  }

  /**
   * @param limit how many bytes of content a tar may bring, beside what the disk has room for
   */
  public LayerDelta(Syscalls syscalls, CommandRunner runner, long limit) {
    this.syscalls = Objects.requireNonNull(syscalls, "syscalls");
    this.runner = Objects.requireNonNull(runner, "runner");
    this.limit = limit;
  }

  /**
   * Writes a layer of overlayfs as an OCI layer, uncompressed. Sockets are left out.
   *
   * @param tar written anew
   */
  public void write(Path layer, Path tar) throws IOException {
    throw new UnsupportedOperationException("write " + layer + tar + syscalls + runner + limit);
  }

  /**
   * Makes a layer of overlayfs from an OCI layer. All of the tar is looked at before anything is
   * written.
   *
   * @param layer not there, or an empty directory
   * @param devices whether it may bring device nodes that give access to hardware
   */
  public void apply(Path tar, Path layer, boolean devices) throws IOException {
    throw new UnsupportedOperationException("apply " + tar + layer + devices);
  }
}
