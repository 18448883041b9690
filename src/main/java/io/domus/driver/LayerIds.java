// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.SealedLayer;
import io.domus.kernel.Stat;
import io.domus.kernel.Syscalls;
import io.domus.store.LayerStore;
import io.domus.store.StateLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Names and places for new layers. */
final class LayerIds {
  private final StateLayout layout;
  private final Syscalls syscalls;
  private final SecureRandom random = new SecureRandom();

  LayerIds(Driver driver) {
    this.layout = driver.layout();
    this.syscalls = driver.syscalls();
  }

  /** A layer that is not there yet, where a rename can bring what an upper directory holds. */
  SealedLayer next(Path upper) throws IOException {
    String id = hex(6, "");
    return new SealedLayer(id, content(upper, id));
  }

  Path description(SealedLayer layer) {
    return LayerStore.description(layout, layer.id());
  }

  String hex(int bytes, String between) {
    byte[] chosen = new byte[bytes];
    random.nextBytes(chosen);
    return HexFormat.ofDelimiter(between).formatHex(chosen);
  }

  /** In the store if a rename can bring it there, else beside the upper directory. */
  private Path content(Path upper, String id) throws IOException {
    Path store = layout.layers();
    while (!Files.exists(store)) {
      store = store.getParent();
    }
    Stat there = syscalls.stat(store);
    Stat here = syscalls.stat(upper);
    boolean together = there.device().equals(here.device()) && there.mount() == here.mount();
    return together ? LayerStore.content(layout, id) : LayerStore.contentBeside(upper, id);
  }
}
