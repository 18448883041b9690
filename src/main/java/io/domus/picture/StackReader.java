// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import io.domus.domain.BackingStore;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.ImageFormat;
import io.domus.domain.Origin;
import io.domus.domain.OverlayChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the stacks of a definition, in the order in which they are mounted. */
public final class StackReader {
  private final boolean readonly;
  private final List<Layer> layers = new ArrayList<>();
  private int order;

  private StackReader(boolean readonly) {
    this.readonly = readonly;
  }

  public static List<Stack> read(DomainDef domain) {
    return domain.filesystems().stream()
        .sorted(Comparator.comparingInt(filesystem -> filesystem.target().depth()))
        .map(StackReader::read)
        .toList();
  }

  private static Stack read(Filesystem filesystem) {
    boolean readonly = filesystem.place().readonly();
    StackReader reader = new StackReader(readonly);
    Origin origin = filesystem.origin();
    switch (filesystem) {
      case Filesystem.Mount mount -> reader.only("dir", mount.source().toString(), origin);
      case Filesystem.Bind bind -> reader.only("bind", bind.source() + " of the guest", origin);
      case Filesystem.Block block -> reader.only("block", block.device().toString(), origin);
      case Filesystem.Image image ->
          reader.only(kind(image.format()), image.file().toString(), origin);
      case Filesystem.Ram ram -> reader.only("ram", size(ram.bytes()), origin);
      case Filesystem.Overlay overlay -> {
        reader.chain(overlay.chain(), 0);
        readonly = readonly || overlay.chain().upper().isEmpty();
      }
    }
    return new Stack(filesystem.target(), kind(filesystem), readonly, reader.layers, origin);
  }

  private static String kind(Filesystem filesystem) {
    return switch (filesystem) {
      case Filesystem.Mount _ -> "mount";
      case Filesystem.Bind _ -> "bind";
      case Filesystem.Block _ -> "block";
      case Filesystem.Image _ -> "file";
      case Filesystem.Ram _ -> "ram";
      case Filesystem.Overlay _ -> "overlay";
    };
  }

  private static String kind(ImageFormat format) {
    return switch (format) {
      case RAW -> "file";
      case QCOW2 -> "qcow2";
    };
  }

  /** Whole units where there are, bytes where not. */
  private static String size(long bytes) {
    long number = bytes;
    int unit = 0;
    while (unit < 4 && number % 1024 == 0) {
      number /= 1024;
      unit++;
    }
    return number + " " + List.of("bytes", "KiB", "MiB", "GiB", "TiB").get(unit);
  }

  private void only(String kind, String source, Origin origin) {
    add(true, Layer.Role.ONLY, kind, source, Optional.empty(), !readonly, 0, origin);
  }

  private void chain(OverlayChain chain, int depth) {
    boolean inner = depth > 0;
    chain
        .upper()
        .ifPresent(
            upper ->
                add(
                    true,
                    inner ? Layer.Role.INNER_UPPER : Layer.Role.UPPER,
                    "dir",
                    upper.directory().toString(),
                    Optional.of("work " + upper.work()),
                    !inner && !readonly,
                    depth,
                    upper.origin()));
    chain.lowers().forEach(store -> lower(store, depth));
  }

  private void lower(BackingStore store, int depth) {
    Origin origin = store.origin();
    switch (store) {
      case BackingStore.Directory directory ->
          lower("dir", directory.path(), Optional.empty(), depth, origin);
      case BackingStore.Block block -> lower("block", block.device(), block.label(), depth, origin);
      case BackingStore.Image image -> {
        lower(kind(image.format()), image.file(), image.label(), depth, origin);
        backing(image.backing(), depth + 1);
      }
      case BackingStore.Overlay overlay -> {
        String name = overlay.label().map(Path::toString).orElse("of the layers below");
        add(false, Layer.Role.NESTED, "overlay", name, Optional.empty(), false, depth, origin);
        chain(overlay.chain(), depth + 1);
      }
    }
  }

  private void lower(String kind, Path path, Optional<Path> label, int depth, Origin origin) {
    Optional<String> detail = label.map(name -> "label " + name);
    add(true, Layer.Role.LOWER, kind, path.toString(), detail, false, depth, origin);
  }

  private void backing(Optional<BackingStore.Image> image, int depth) {
    image.ifPresent(
        file -> {
          String kind = kind(file.format());
          String path = file.file().toString();
          Optional<String> none = Optional.empty();
          add(false, Layer.Role.BACKING, kind, path, none, false, depth, file.origin());
          backing(file.backing(), depth + 1);
        });
  }

  /**
   * @param counts whether it is looked into by itself
   */
  private void add(
      boolean counts,
      Layer.Role role,
      String kind,
      String source,
      Optional<String> detail,
      boolean writable,
      int depth,
      Origin origin) {
    Optional<Integer> number = counts ? Optional.of(++order) : Optional.empty();
    layers.add(new Layer(number, role, kind, source, detail, writable, depth, origin));
  }
}
