// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.HostFacts;
import io.domus.domain.BackingStore;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.OverlayChain;
import io.domus.kernel.Syscalls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The numbers of {@code inituser} and {@code initgroup}, before the guest's root is mounted: looked
 * up in the topmost layer that has the file.
 */
final class GuestIdProbe {
  private final Syscalls syscalls;

  GuestIdProbe(Syscalls syscalls) {
    this.syscalls = syscalls;
  }

  /** Empty if a name is given and cannot be found. */
  Optional<HostFacts.GuestIds> ids(DomainDef domain) {
    GuestAccounts accounts = new GuestAccounts(syscalls, layers(domain.root()));
    Optional<GuestAccounts.User> user =
        domain.os().user().isEmpty()
            ? Optional.of(new GuestAccounts.User(0, Optional.of(0L)))
            : accounts.user(domain.os().user().get());
    Optional<Long> group =
        domain.os().group().isEmpty()
            ? user.map(found -> found.gid().orElse(0L))
            : accounts.group(domain.os().group().get());
    return user.flatMap(u -> group.map(gid -> new HostFacts.GuestIds(u.uid(), gid)));
  }

  private static List<Path> layers(Filesystem root) {
    return switch (root) {
      case Filesystem.Mount mount -> List.of(mount.source());
      case Filesystem.Overlay overlay -> {
        List<Path> layers = new ArrayList<>();
        collect(overlay.chain(), layers);
        yield layers;
      }
      case Filesystem.Block _, Filesystem.Image _, Filesystem.Ram _, Filesystem.Bind _ -> List.of();
    };
  }

  private static void collect(OverlayChain chain, List<Path> layers) {
    chain.upper().ifPresent(upper -> layers.add(upper.directory()));
    for (BackingStore store : chain.lowers()) {
      switch (store) {
        case BackingStore.Directory directory -> layers.add(directory.path());
        case BackingStore.Overlay inner -> collect(inner.chain(), layers);
        case BackingStore.Image _, BackingStore.Block _ -> {}
      }
    }
  }
}
