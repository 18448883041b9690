// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.CloneOrder;
import io.domus.compiler.LayerInsertion;
import io.domus.compiler.UpperState;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.NetInterface;
import io.domus.domain.SealedLayer;
import io.domus.kernel.FilesystemType;
import io.domus.kernel.Stat;
import io.domus.kernel.Syscalls;
import io.domus.store.LayerStore;
import io.domus.store.StateLayout;
import io.domus.store.StoredLayer;
import io.domus.store.UpperRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Gathers what a clone's compiler must know of the host, and what of it is left to chance. */
final class CloneInquiry {
  /** btrfs gives it to the root of every subvolume. */
  private static final long SUBVOLUME = 256;

  private final StateLayout layout;
  private final Syscalls syscalls;
  private final LayerStore layers;
  private final SecureRandom random = new SecureRandom();

  CloneInquiry(Driver driver) {
    this.layout = driver.layout();
    this.syscalls = driver.syscalls();
    this.layers = driver.layers();
  }

  CloneOrder order(DomainDef source, String name, CloneOperation.Request request)
      throws IOException {
    return new CloneOrder(
        source,
        name,
        UUID.randomUUID(),
        request.keepMac() ? source.interfaces() : interfaces(source),
        request.mode(),
        request.kind(),
        request.size(),
        request.filesystem(),
        directory(request.storage().orElse(layout.storage()), name),
        request.change(),
        uppers(source),
        trees(source),
        upper -> LayerStore.record(layout, upper));
  }

  /** libvirt's prefix for addresses it makes up. */
  private List<NetInterface> interfaces(DomainDef source) {
    return source.interfaces().stream()
        .map(each -> each.mac().isPresent() ? each.withMac("52:54:00:" + hex(3, ":")) : each)
        .toList();
  }

  private String hex(int bytes, String between) {
    byte[] chosen = new byte[bytes];
    random.nextBytes(chosen);
    return HexFormat.ofDelimiter(between).formatHex(chosen);
  }

  /** One that is not there: a renamed domain may still use what is called after its old name. */
  private static Path directory(Path parent, String name) {
    Path directory = parent.resolve(name);
    for (int number = 2; Files.exists(directory, LinkOption.NOFOLLOW_LINKS); number++) {
      directory = parent.resolve(name + "-" + number);
    }
    return directory;
  }

  Map<Path, UpperState> uppers(DomainDef source) throws IOException {
    Map<Path, UpperState> states = new HashMap<>();
    for (Path upper : LayerInsertion.uppers(source)) {
      if (Files.isDirectory(upper)) {
        states.put(upper, upper(source.name(), upper));
      }
    }
    return states;
  }

  private UpperState upper(String domain, Path upper) throws IOException {
    Path record = LayerStore.record(layout, upper);
    Optional<String> before =
        Files.exists(record) ? Optional.of(Files.readString(record)) : Optional.empty();
    Optional<UpperRecord> found = layers.find(upper);
    String id = hex(6, "");
    SealedLayer next = new SealedLayer(id, content(upper, id));
    return new UpperState(
        isEmpty(upper),
        found.map(UpperRecord::layers).orElse(io.domus.domain.UpperLayers.NONE),
        record,
        before,
        next,
        LayerStore.description(layout, id),
        new StoredLayer(next, domain, Instant.now()).json());
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

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  private Map<Path, CloneOrder.TreeFacts> trees(DomainDef source) throws IOException {
    Map<Path, CloneOrder.TreeFacts> trees = new HashMap<>();
    for (Filesystem filesystem : source.filesystems()) {
      if (filesystem instanceof Filesystem.Mount mount && Files.isDirectory(mount.source())) {
        trees.put(
            mount.source(),
            new CloneOrder.TreeFacts(0, 0, Optional.empty(), isSubvolume(mount.source())));
      }
    }
    return trees;
  }

  private boolean isSubvolume(Path directory) throws IOException {
    return syscalls.statfs(directory).equals(FilesystemType.BTRFS)
        && syscalls.stat(directory).inode() == SUBVOLUME;
  }
}
