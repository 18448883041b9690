// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.BackingStore;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.Filesystem;
import io.domus.domain.OverlayChain;
import io.domus.kernel.KernelException;
import io.domus.kernel.Stat;
import io.domus.kernel.Syscalls;
import io.domus.store.LayerLease.Claim;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a definition uses of the host that others must not write to, or not use at all. */
final class ClaimList {
  private final Syscalls syscalls;

  /** What lies below is the domain's alone, and not there yet. */
  private final Path memory;

  private final List<Claim> claims = new ArrayList<>();

  private ClaimList(Syscalls syscalls, Path memory) {
    this.syscalls = syscalls;
    this.memory = memory;
  }

  static List<Claim> of(DomainDef domain, Syscalls syscalls, DomainPaths paths)
      throws KernelException {
    ClaimList list = new ClaimList(syscalls, paths.memory());
    for (Filesystem filesystem : domain.filesystems()) {
      boolean exclusive = !filesystem.place().readonly();
      switch (filesystem) {
        case Filesystem.Block block -> list.add(block.device(), exclusive);
        case Filesystem.Image image -> list.add(image.file(), exclusive);
        case Filesystem.Overlay overlay -> list.chain(overlay.chain());
        case Filesystem.Mount _, Filesystem.Ram _, Filesystem.Bind _ -> {}
      }
    }
    return list.claims;
  }

  /** Directories that nobody may even read meanwhile. */
  static List<Claim> alone(List<Path> directories, Syscalls syscalls) throws KernelException {
    ClaimList list = new ClaimList(syscalls, Path.of("/"));
    for (Path directory : directories) {
      list.add(directory, true);
    }
    return list.claims;
  }

  private void chain(OverlayChain chain) throws KernelException {
    if (chain.upper().filter(upper -> !upper.directory().startsWith(memory)).isPresent()) {
      add(chain.upper().get().directory(), true);
      add(chain.upper().get().work(), true);
    }
    lowers(chain);
  }

  private void lowers(OverlayChain chain) throws KernelException {
    for (BackingStore store : chain.lowers()) {
      switch (store) {
        case BackingStore.Directory directory -> add(directory.path(), false);
        case BackingStore.Image image -> add(image.file(), false);
        case BackingStore.Block block -> add(block.device(), false);
        case BackingStore.Overlay inner -> {
          // An inner overlay is only read, its upper too.
          if (inner.chain().upper().isPresent()) {
            add(inner.chain().upper().get().directory(), false);
          }
          lowers(inner.chain());
        }
      }
    }
  }

  private void add(Path path, boolean exclusive) throws KernelException {
    claims.add(claim(path, exclusive, syscalls));
  }

  static Claim claim(Path path, boolean exclusive, Syscalls syscalls) throws KernelException {
    Stat stat = syscalls.stat(path);
    String key =
        stat.isBlockDevice()
            ? "dev:" + stat.target().major() + ":" + stat.target().minor()
            : stat.device().major() + ":" + stat.device().minor() + ":" + stat.inode();
    return new Claim(key, path, exclusive);
  }
}
