// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.BackingStore;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainException;
import io.domus.domain.Filesystem;
import io.domus.domain.HostUse;
import io.domus.domain.ImageFormat;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OverlayChain;
import io.domus.domain.SealedLayer;
import io.domus.store.StoredLayer;
import io.domus.store.UpperRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What shares what: layers upon layers, the lowest at the root, and domains where they write. A
 * domain that lies on nothing is only shown if others lie on it.
 */
public final class LayerTree {
  private final Driver driver;
  private final PathIdentity identities = new PathIdentity();
  private final Branch roots = new Branch();
  private final Map<Object, Branch> first = new HashMap<>();
  private final Map<Object, Path> paths = new HashMap<>();

  private LayerTree(Driver driver) {
    this.driver = driver;
  }

  /**
   * A layer, or somebody on top of layers.
   *
   * @param path of a layer; empty for a domain or an upper directory of none
   * @param sealed what the store knows of the layer, if it is a sealed one
   * @param label of who is on top
   */
  public record Node(
      Optional<Path> path,
      Optional<StoredLayer> sealed,
      String label,
      long bytes,
      boolean missing,
      List<Node> children) {
    public Node {
      children = List.copyOf(children);
    }
  }

  /** A layer with what lies on it, in the making. */
  private static final class Branch {
    private final Map<Object, Branch> layers = new LinkedHashMap<>();
    private final List<String> leaves = new ArrayList<>();
  }

  public static List<Node> of(Driver driver) {
    new OperationRecovery(driver).tidy();
    try {
      LayerTree tree = new LayerTree(driver);
      UseIndex index = UseIndex.look(driver);
      for (String name : index.names()) {
        tree.domain(name);
      }
      for (Map.Entry<UpperRecord, ? extends Set<String>> record :
          LayerUsers.of(driver).records().entrySet()) {
        if (record.getValue().isEmpty()) {
          tree.record(record.getKey());
        }
      }
      for (String name : index.names()) {
        tree.writer(name, index.uses(name));
      }
      return tree.nodes();
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot tell what shares what: " + failure.getMessage(), failure);
    }
  }

  private void domain(String name) throws IOException {
    DomainDef domain;
    try {
      domain = driver.withLayers(new DefinitionReader(driver).present(name).domain());
    } catch (DomainException faulty) {
      // Whoever starts it is told.
      return;
    }
    for (Filesystem filesystem : domain.filesystems()) {
      String label = filesystem.target().isRoot() ? name : name + ":" + filesystem.target().value();
      switch (filesystem) {
        case Filesystem.Overlay overlay -> stack(flat(overlay.chain()), label);
        case Filesystem.Image image -> {
          if (image.format() == ImageFormat.QCOW2) {
            stack(new BackingChain(driver.syscalls()).of(image.file()), label);
          }
        }
        case Filesystem.Mount _, Filesystem.Block _, Filesystem.Ram _, Filesystem.Bind _ -> {}
      }
    }
  }

  /** All layers of a chain, the topmost first. */
  private static List<Path> flat(OverlayChain chain) {
    List<Path> layers = new ArrayList<>();
    for (BackingStore store : chain.lowers()) {
      switch (store) {
        case BackingStore.Directory directory -> layers.add(directory.path());
        case BackingStore.Image image -> layers.add(image.file());
        case BackingStore.Block block -> layers.add(block.device());
        case BackingStore.Overlay inner -> {
          inner.chain().upper().ifPresent(upper -> layers.add(upper.directory()));
          layers.addAll(flat(inner.chain()));
        }
      }
    }
    return layers;
  }

  private void record(UpperRecord record) {
    stack(
        record.layers().layers().stream().map(SealedLayer::path).toList(),
        "upper " + record.upper() + ", no domain");
  }

  private void stack(List<Path> layers, String label) {
    Branch at = roots;
    for (Path layer : layers.reversed()) {
      Object key = identities.of(layer);
      paths.putIfAbsent(key, layer);
      at = at.layers.computeIfAbsent(key, any -> new Branch());
      first.putIfAbsent(key, at);
    }
    if (at != roots) {
      at.leaves.add(label);
    }
  }

  /** Whoever writes to what is somebody's layer. */
  private void writer(String name, List<HostUse> uses) {
    for (HostUse use : uses) {
      Branch branch = first.get(identities.of(use.path()));
      if (use.writes() && branch != null) {
        branch.leaves.addFirst(name + " (it is its " + use.role().noun() + ")");
      }
    }
  }

  private List<Node> nodes() throws IOException {
    Map<Path, StoredLayer> sealed = new HashMap<>();
    for (StoredLayer layer : driver.layers().layers()) {
      sealed.put(layer.layer().path(), layer);
    }
    return nodes(roots, new LayerSizes(driver).of(paths.values()), sealed);
  }

  private List<Node> nodes(Branch branch, Map<Path, Long> usage, Map<Path, StoredLayer> sealed) {
    List<Node> nodes = new ArrayList<>();
    branch.leaves.forEach(
        label ->
            nodes.add(new Node(Optional.empty(), Optional.empty(), label, 0, false, List.of())));
    branch.layers.forEach(
        (key, child) -> {
          Path path = paths.get(key);
          nodes.add(
              new Node(
                  Optional.of(path),
                  Optional.ofNullable(sealed.get(path)),
                  path.toString(),
                  usage.getOrDefault(path, 0L),
                  !Files.exists(path),
                  nodes(child, usage, sealed)));
        });
    return nodes;
  }
}
