// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.AccessMode;
import io.domus.domain.BackingStore;
import io.domus.domain.Filesystem;
import io.domus.domain.GuestPath;
import io.domus.domain.ImageFormat;
import io.domus.domain.MountOptions;
import io.domus.domain.OverlayChain;
import io.domus.domain.OverlayOptions;
import io.domus.xml.bind.FilesystemBean;
import io.domus.xml.bind.LayeredBean;
import io.domus.xml.bind.MountBean;
import io.domus.xml.bind.OptionBean;
import io.domus.xml.bind.SourceBean;
import io.domus.xml.bind.StoreBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns the beans of filesystems into records. */
final class FilesystemMapping {
  private final DomainMapping mapping;

  FilesystemMapping(DomainMapping mapping) {
    this.mapping = mapping;
  }

  Filesystem filesystem(FilesystemBean bean) {
    Filesystem.Place place = place(bean);
    String type = bean.type.strip();
    return switch (type) {
      case "mount" -> new Filesystem.Mount(place, Path.of(source(bean).dir));
      case "bind" -> new Filesystem.Bind(place, new GuestPath(source(bean).dir));
      case "block" -> new Filesystem.Block(place, device(bean));
      case "file" ->
          new Filesystem.Image(place, Path.of(source(bean).file), ImageChoice.of(bean).format());
      case "ram" -> new Filesystem.Ram(place, ramSize(source(bean)));
      case "overlay" -> new Filesystem.Overlay(place, chain(bean));
      default -> throw new IllegalStateException("the rules let pass the filesystem type " + type);
    };
  }

  private static SourceBean source(LayeredBean bean) {
    return bean.sources.getFirst();
  }

  private static Path device(LayeredBean bean) {
    SourceBean source = source(bean);
    return Path.of(source.dev != null ? source.dev : source.file);
  }

  private static long ramSize(SourceBean source) {
    return Quantity.bytes(source.usage, source.units, Quantity.KIB).orElseThrow();
  }

  private Filesystem.Place place(FilesystemBean bean) {
    return new Filesystem.Place(
        new GuestPath(bean.targets.getFirst().dir),
        bean.readonly != null,
        bean.mount == null ? MountOptions.NONE : options(bean.mount),
        DomainMapping.token(bean.accessmode)
            .map(mode -> DomainMapping.constant(AccessMode.class, mode)),
        Optional.ofNullable(bean.spaceHardLimit)
            .map(limit -> Quantity.bytes(limit.value, limit.unit, Quantity.BYTE).orElseThrow()),
        mapping.origin(bean));
  }

  private static MountOptions options(MountBean mount) {
    List<String> set =
        mount.options == null
            ? List.of()
            : Arrays.stream(mount.options.split(",", -1)).map(String::strip).toList();
    return new MountOptions(
        set.contains("nosuid"),
        set.contains("nodev"),
        set.contains("noexec"),
        set.contains("noatime"),
        DomainMapping.token(mount.propagation)
            .map(name -> DomainMapping.constant(MountOptions.Propagation.class, name)));
  }

  private OverlayChain chain(LayeredBean overlay) {
    Optional<OverlayChain.Upper> upper = Optional.empty();
    if (!overlay.sources.isEmpty()) {
      SourceBean first = overlay.sources.getFirst();
      Path work = Path.of(overlay.sources.getLast().dir);
      upper = Optional.of(new OverlayChain.Upper(Path.of(first.dir), work, mapping.origin(first)));
    }
    List<BackingStore> lowers = new ArrayList<>();
    overlay.stores.forEach(store -> add(lowers, store));
    return new OverlayChain(upper, lowers, overlayOptions(overlay));
  }

  private static OverlayOptions overlayOptions(LayeredBean overlay) {
    if (overlay.driver == null) {
      return OverlayOptions.NONE;
    }
    SortedMap<String, String> values = new TreeMap<>();
    for (OptionBean option : overlay.driver.options) {
      values.put(option.name.strip(), option.value.strip());
    }
    return new OverlayOptions(values);
  }

  /** Adds a layer and, where stores inside it lie beneath it, those as well. */
  private void add(List<BackingStore> lowers, StoreBean store) {
    if (StoreRules.isEnd(store)) {
      return;
    }
    String type = store.type.strip();
    switch (type) {
      case "dir" -> {
        lowers.add(new BackingStore.Directory(directory(store), mapping.origin(store)));
        store.stores.forEach(beneath -> add(lowers, beneath));
      }
      case "block" -> {
        lowers.add(new BackingStore.Block(device(store), label(store), mapping.origin(store)));
        store.stores.forEach(beneath -> add(lowers, beneath));
      }
      case "file" -> {
        lowers.add(image(store));
        if (ImageChoice.of(store).format() == ImageFormat.RAW) {
          store.stores.forEach(beneath -> add(lowers, beneath));
        }
      }
      case "overlay" ->
          lowers.add(new BackingStore.Overlay(chain(store), label(store), mapping.origin(store)));
      default -> throw new IllegalStateException("the rules let pass the store type " + type);
    }
  }

  private BackingStore.Image image(StoreBean store) {
    ImageFormat format = ImageChoice.of(store).format();
    Optional<BackingStore.Image> backing = Optional.empty();
    if (format == ImageFormat.QCOW2) {
      backing =
          store.stores.stream()
              .filter(inner -> !StoreRules.isEnd(inner))
              .findFirst()
              .map(this::image);
    }
    return new BackingStore.Image(
        Path.of(source(store).file), format, label(store), backing, mapping.origin(store));
  }

  private static Path directory(StoreBean store) {
    return Path.of(
        store.sources.isEmpty() ? store.targets.getFirst().dir : store.sources.getFirst().dir);
  }

  private static Optional<Path> label(StoreBean store) {
    return store.targets.stream().findFirst().map(target -> Path.of(target.dir));
  }
}
