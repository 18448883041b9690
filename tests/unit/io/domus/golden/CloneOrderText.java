// SPDX-License-Identifier: Apache-2.0
package io.domus.golden;

import io.domus.compiler.CloneOrder;
import io.domus.compiler.ImageState;
import io.domus.compiler.StorageFacts;
import io.domus.compiler.UpperState;
import io.domus.domain.DomainDef;
import io.domus.domain.GuestIdentity;
import io.domus.domain.GuestPath;
import io.domus.domain.SealedLayer;
import io.domus.domain.StorageKind;
import io.domus.domain.UpperLayers;
import io.domus.store.LayerStore;
import io.domus.store.StateLayout;
import io.domus.store.StoredLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What is to be cloned how, and what the driver found out about it, a word and its values a line.
 *
 * <pre>
 * mode linked                    or full
 * to loop                        the kind of the root
 * size 1073741824
 * filesystem xfs
 * storage /srv/clones
 * ground btrfs                   or overlay: what that lies on
 * without mkfs.xfs               a program that is not there
 * device-mapper
 * group vg                       as domus.conf says
 * pool thin
 * volume /dev/vg/a vg a thin     a device that is a logical volume, in a pool or not
 * tree / 1000000 200 - -         bytes and inodes, the capacity, the filesystem's type
 * snapshot /                     of which a snapshot can be made
 * upper written /srv/a/upper     or empty; followed by the ids of what lies beneath
 * image written /srv/a.qcow2 1073741824
 * backing /srv/a.qcow2 /srv/base.img raw base.img
 * keep                           nothing is changed in the guest's files
 * </pre>
 */
final class CloneOrderText {
  private static final UUID IDENTITY = UUID.fromString("0b5e4c7a-9b7e-4a6d-8f0e-8c116f1c3a52");
  private static final StateLayout LAYOUT = new StateLayout(Path.of("/"));
  private static final String NEXT = "aaaaaaaaaaaa";

  private final DomainDef source;
  private final Map<Path, UpperState> uppers = new HashMap<>();
  private final Map<Path, ImageState> images = new HashMap<>();
  private final Map<GuestPath, CloneOrder.TreeFacts> trees = new HashMap<>();
  private final Map<Path, StorageFacts.LogicalVolume> volumes = new HashMap<>();
  private final Set<String> programs =
      new HashSet<>(
          List.of(
              "mkfs.ext4", "mkfs.xfs", "resize2fs", "xfs_growfs", "qemu-img", "btrfs", "lvcreate"));
  private Set<GuestIdentity.Part> identity = EnumSet.allOf(GuestIdentity.Part.class);
  private CloneOrder.Mode mode = CloneOrder.Mode.DEFAULT;
  private CloneOrder.ImageFilesystem filesystem = CloneOrder.ImageFilesystem.EXT4;
  private StorageFacts.Ground ground = StorageFacts.Ground.OTHER;
  private Optional<StorageKind> kind = Optional.empty();
  private Optional<Long> size = Optional.empty();
  private Optional<String> group = Optional.empty();
  private Optional<String> pool = Optional.empty();
  private Path storage = LAYOUT.storage();
  private boolean deviceMapper;

  private CloneOrderText(DomainDef source) {
    this.source = source;
  }

  static CloneOrder parse(DomainDef source, String name, String text) throws IOException {
    CloneOrderText order = new CloneOrderText(source);
    for (String line : text.lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        order.take(line.split(" ", -1));
      }
    }
    return new CloneOrder(
        source,
        name,
        IDENTITY,
        source.interfaces(),
        order.mode,
        order.kind,
        order.size,
        order.filesystem,
        order.storage.resolve(name),
        List.of(),
        order.identity,
        order.uppers,
        order.images,
        order.trees,
        new StorageFacts(
            order.storage,
            order.ground,
            order.programs,
            order.deviceMapper,
            order.group,
            order.pool,
            order.volumes),
        Optional.empty(),
        List.of(),
        path -> LayerStore.record(LAYOUT, path));
  }

  private void take(String[] words) throws IOException {
    switch (words[0]) {
      case "mode" -> mode = CloneOrder.Mode.valueOf(upper(words[1]));
      case "to" -> kind = Optional.of(StorageKind.valueOf(upper(words[1])));
      case "size" -> size = Optional.of(Long.parseLong(words[1]));
      case "filesystem" -> filesystem = CloneOrder.ImageFilesystem.valueOf(upper(words[1]));
      case "storage" -> storage = Path.of(words[1]);
      case "ground" -> ground = StorageFacts.Ground.valueOf(upper(words[1]));
      case "without" -> programs.remove(words[1]);
      case "device-mapper" -> deviceMapper = true;
      case "group" -> group = Optional.of(words[1]);
      case "pool" -> pool = Optional.of(words[1]);
      case "keep" -> identity = Set.of();
      case "volume" ->
          volumes.put(
              Path.of(words[1]),
              new StorageFacts.LogicalVolume(
                  words[2], words[3], words.length > 4 ? Optional.of(words[4]) : Optional.empty()));
      case "tree" ->
          trees.put(
              new GuestPath(words[1]),
              new CloneOrder.TreeFacts(
                  Long.parseLong(words[2]),
                  Long.parseLong(words[3]),
                  given(words[4]).map(Long::parseLong),
                  given(words[5]),
                  false));
      case "snapshot" ->
          trees.put(new GuestPath(words[1]), CloneOrder.TreeFacts.UNKNOWN.withSnapshot(true));
      case "upper" -> {
        Path upper = Path.of(words[2]);
        List<String> beneath = List.of(words).subList(3, words.length);
        uppers.put(
            upper,
            state(upper, words[1], LayerStore.content(LAYOUT, NEXT), Optional.empty(), beneath));
      }
      case "image" -> {
        Path image = Path.of(words[2]);
        Path next = LayerStore.content(LAYOUT, NEXT).resolveSibling(LayerStore.IMAGE);
        List<String> beneath = List.of(words).subList(4, words.length);
        images.put(
            image,
            new ImageState(
                state(image, words[1], next, Optional.of("qcow2"), beneath),
                Long.parseLong(words[3]),
                Optional.empty()));
      }
      case "backing" -> {
        Path image = Path.of(words[1]);
        ImageState state = images.get(image);
        Optional<Path> relative =
            words.length > 4 ? Optional.of(Path.of(words[4])) : Optional.empty();
        images.put(
            image,
            new ImageState(
                state.layer(),
                state.capacity(),
                Optional.of(new ImageState.Backing(Path.of(words[2]), words[3], relative))));
      }
      default -> throw new IllegalArgumentException(String.join(" ", words));
    }
  }

  private UpperState state(
      Path upper, String state, Path next, Optional<String> format, List<String> beneath)
      throws IOException {
    SealedLayer layer = new SealedLayer(NEXT, next);
    List<SealedLayer> layers =
        beneath.stream()
            .map(id -> new SealedLayer(id, LAYOUT.layer(id).resolve(next.getFileName())))
            .toList();
    return new UpperState(
        state.equals("empty"),
        new UpperLayers(layers, UpperLayers.Marks.NONE),
        LayerStore.record(LAYOUT, upper),
        layers.isEmpty() ? Optional.empty() : Optional.of("{\"upper\":\"" + upper + "\"}"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        layer,
        LayerStore.description(LAYOUT, NEXT),
        new StoredLayer(layer, source.name(), Instant.EPOCH, format).json());
  }

  private static Optional<String> given(String word) {
    return word.equals("-") ? Optional.empty() : Optional.of(word);
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }
}
