// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.BackingStore;
import io.domus.domain.Filesystem;
import io.domus.domain.ImageFormat;
import io.domus.domain.MountOptions;
import io.domus.domain.OverlayChain;
import io.domus.domain.OverlayOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes filesystems and the layers beneath them. */
final class FilesystemWriter {
  private final Markup xml;

  FilesystemWriter(Markup xml) {
    this.xml = xml;
  }

  void write(Filesystem filesystem) {
    switch (filesystem) {
      case Filesystem.Mount mount -> {
        open("mount", mount);
        xml.empty("source", "dir", mount.source().toString());
      }
      case Filesystem.Bind bind -> {
        open("bind", bind);
        xml.empty("source", "dir", bind.source().value());
      }
      case Filesystem.Block block -> {
        open("block", block);
        xml.empty("source", "dev", block.device().toString());
      }
      case Filesystem.Image image -> {
        open("file", image);
        boolean raw = image.format() == ImageFormat.RAW;
        xml.empty(
            "driver", "type", raw ? "loop" : "nbd", "format", DomainWriter.lower(image.format()));
        xml.empty("source", "file", image.file().toString());
      }
      case Filesystem.Ram ram -> {
        open("ram", ram);
        boolean whole = ram.bytes() % Quantity.KIB == 0;
        xml.empty(
            "source",
            "usage",
            Long.toString(whole ? ram.bytes() / Quantity.KIB : ram.bytes()),
            "units",
            whole ? "KiB" : "bytes");
      }
      case Filesystem.Overlay overlay -> {
        open("overlay", overlay);
        chain(overlay.chain());
      }
    }
    place(filesystem.place());
    xml.close();
  }

  private void open(String type, Filesystem filesystem) {
    String mode = filesystem.place().accessMode().map(DomainWriter::lower).orElse(null);
    xml.open("filesystem", "type", type, "accessmode", mode);
  }

  private void place(Filesystem.Place place) {
    xml.empty("target", "dir", place.target().value());
    if (place.readonly()) {
      xml.empty("readonly");
    }
    if (!place.options().equals(MountOptions.NONE)) {
      options(place.options());
    }
    place
        .spaceHardLimit()
        .ifPresent(bytes -> xml.leaf("space_hard_limit", Long.toString(bytes), "unit", "bytes"));
  }

  private void options(MountOptions options) {
    List<String> set = new ArrayList<>();
    if (options.nosuid()) {
      set.add("nosuid");
    }
    if (options.nodev()) {
      set.add("nodev");
    }
    if (options.noexec()) {
      set.add("noexec");
    }
    if (options.noatime()) {
      set.add("noatime");
    }
    xml.empty(
        "mount",
        "options",
        set.isEmpty() ? null : String.join(",", set),
        "propagation",
        options.propagation().map(DomainWriter::lower).orElse(null));
  }

  private void chain(OverlayChain chain) {
    options(chain.options());
    chain
        .upper()
        .ifPresent(
            upper -> {
              xml.empty("source", "dir", upper.directory().toString());
              xml.empty("source", "dir", upper.work().toString());
            });
    chain.lowers().forEach(this::store);
  }

  private void options(OverlayOptions options) {
    if (!options.values().isEmpty()) {
      xml.open("driver");
      options.values().forEach((name, value) -> xml.empty("option", "name", name, "value", value));
      xml.close();
    }
  }

  private void store(BackingStore store) {
    switch (store) {
      case BackingStore.Directory directory -> {
        xml.open("backingStore", "type", "dir");
        target(Optional.of(directory.path()));
      }
      case BackingStore.Image image -> {
        xml.open("backingStore", "type", "file");
        xml.empty("format", "type", DomainWriter.lower(image.format()));
        xml.empty("source", "file", image.file().toString());
        image.backing().ifPresent(this::store);
        target(image.label());
      }
      case BackingStore.Block block -> {
        xml.open("backingStore", "type", "block");
        xml.empty("source", "dev", block.device().toString());
        target(block.label());
      }
      case BackingStore.Overlay overlay -> {
        xml.open("backingStore", "type", "overlay");
        chain(overlay.chain());
        target(overlay.label());
      }
    }
    xml.close();
  }

  private void target(Optional<Path> directory) {
    directory.ifPresent(path -> xml.empty("target", "dir", path.toString()));
  }
}
