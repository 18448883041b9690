// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.ImageFormat;
import io.domus.xml.bind.LayeredBean;
import io.domus.xml.bind.Located;
import io.domus.xml.bind.StoreBean;
import io.domus.xml.bind.TargetBean;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Rules for {@code <backingStore>}. */
final class StoreRules {
  /** overlayfs takes no more. */
  static final int MOST_LOWERS = 500;

  private final Faults faults;
  private final PathRules paths;
  private final SourceRules sources;
  private final ImageRules images;
  private final OverlayOptionRules options;
  private final LayerDirectories directories;
  private final Consumer<LayeredBean> overlay;

  /** How many layers the overlay in question has by now. */
  private int lowers;

  /**
   * @param overlay checks a store that is an overlay
   */
  StoreRules(Faults faults, LayerDirectories directories, Consumer<LayeredBean> overlay) {
    this.faults = faults;
    this.paths = new PathRules(faults);
    this.sources = new SourceRules(faults);
    this.images = new ImageRules(faults);
    this.options = new OverlayOptionRules(faults);
    this.directories = directories;
    this.overlay = overlay;
  }

  /** What follows belongs to the next filesystem. */
  void next() {
    lowers = 0;
  }

  /** An empty {@code <backingStore/>} ends a chain. */
  static boolean isEnd(StoreBean store) {
    return store.type == null
        && !store.incomplete
        && store.sources.isEmpty()
        && store.targets.isEmpty()
        && store.stores.isEmpty()
        && store.driver == null
        && store.format == null;
  }

  void check(StoreBean store) {
    if (isEnd(store)) {
      return;
    }
    if (store.type == null) {
      if (!store.incomplete) {
        faults.error(
            "store.not-a-layer",
            Faults.of(store),
            "<backingStore> needs the attribute 'type', or nothing inside to end the chain");
      }
      return;
    }
    String type = store.type.strip();
    switch (type) {
      case "dir" -> {
        lower(store);
        directory(store);
        ignored(store);
        beneath(store);
      }
      case "file" -> {
        lower(store);
        image(store);
      }
      case "block" -> {
        lower(store);
        file(store, List.of("dev", "file"));
        ignored(store);
        beneath(store);
      }
      case "overlay" -> {
        lower(store);
        label(store);
        // Its own layers count for themselves: what is too many together can be nested.
        int around = lowers;
        lowers = 0;
        if (!store.sources.isEmpty()) {
          // Mounted by itself, its upper is one of its lowers.
          lower(store);
        }
        overlay.accept(store);
        lowers = around;
      }
      default -> {}
    }
  }

  private void lower(StoreBean store) {
    lowers++;
    if (lowers == MOST_LOWERS + 1) {
      faults.error(
          "overlay.too-many-lowers",
          Faults.of(store),
          "more than " + MOST_LOWERS + " lower layers in one overlay");
    }
  }

  /** The stores inside one that is no overlay lie beneath it. */
  private void beneath(StoreBean store) {
    options.misplaced(store);
    store.stores.forEach(this::check);
  }

  private void directory(StoreBean store) {
    Optional<TargetBean> target = store.targets.stream().findFirst();
    if (store.sources.isEmpty()) {
      target.ifPresent(said -> layer(said, said.dir));
      if (target.isEmpty() && !store.incomplete) {
        faults.error(
            "fs.no-source", Faults.of(store), "<backingStore type='dir'> needs <target dir='…'/>");
      }
      return;
    }
    Optional<SourceRules.Named> source =
        sources.single(store, "dir", store.sources, List.of("dir"));
    source.ifPresent(named -> layer(named.source(), named.value()));
    if (source.isPresent() && target.isPresent() && !target.get().incomplete) {
      if (!target.get().dir.equals(source.get().value())) {
        faults.error(
            "store.two-directories",
            faults.attribute(target.get(), "dir"),
            "a dir store has one directory: <source> and <target> differ");
      }
    }
  }

  private void layer(Located owner, String directory) {
    if (paths.host(owner, "dir", directory)) {
      directories.layer(owner, directory);
    }
  }

  private void file(StoreBean store, List<String> allowed) {
    sources.single(store, store.type.strip(), store.sources, allowed).ifPresent(paths::host);
    label(store);
  }

  private void label(StoreBean store) {
    store.targets.forEach(target -> paths.host(target, "dir", target.dir));
  }

  private void ignored(StoreBean store) {
    if (store.driver != null && store.driver.options.isEmpty()) {
      images.ignored(store.driver);
    }
    if (store.format != null) {
      images.ignored(store.format);
    }
  }

  private void image(StoreBean store) {
    file(store, List.of("file"));
    images.check(store);
    if (ImageChoice.of(store).format() == ImageFormat.QCOW2) {
      backingFile(store);
    } else {
      beneath(store);
    }
  }

  /** A store in a qcow2 store is the image's own backing file. */
  private void backingFile(StoreBean image) {
    options.misplaced(image);
    List<StoreBean> backing = image.stores.stream().filter(store -> !isEnd(store)).toList();
    if (backing.size() > 1) {
      faults.error(
          "overlay.qcow2-backing",
          Faults.of(backing.get(1)),
          "a qcow2 image has one backing file, that of line " + backing.getFirst().line);
    }
    if (backing.isEmpty()) {
      return;
    }
    StoreBean store = backing.getFirst();
    if (store.type == null || !store.type.strip().equals("file")) {
      if (!store.incomplete) {
        faults.error(
            "overlay.qcow2-backing",
            Faults.of(store),
            "a store in a qcow2 store is its backing file and needs type='file'");
      }
      return;
    }
    file(store, List.of("file"));
    images.check(store);
    if (ImageChoice.of(store).format() == ImageFormat.QCOW2) {
      backingFile(store);
    } else if (!store.stores.stream().allMatch(StoreRules::isEnd)) {
      faults.error(
          "overlay.qcow2-backing",
          Faults.of(store.stores.getFirst()),
          "a raw backing file has no backing file of its own");
    }
  }
}
