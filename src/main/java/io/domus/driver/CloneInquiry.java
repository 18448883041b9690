// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.CloneOrder;
import io.domus.compiler.CloneOrder.TreeFacts;
import io.domus.compiler.ImageState;
import io.domus.compiler.LayerInsertion;
import io.domus.compiler.LiveSource;
import io.domus.compiler.ProcessDump;
import io.domus.compiler.UpperState;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.CriuOptions;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.DomainState;
import io.domus.domain.Filesystem;
import io.domus.domain.GuestIdentity;
import io.domus.domain.GuestMac;
import io.domus.domain.GuestPath;
import io.domus.domain.ImageFormat;
import io.domus.domain.NetInterface;
import io.domus.domain.SavePaths;
import io.domus.domain.SealedLayer;
import io.domus.domain.StorageKind;
import io.domus.kernel.Syscalls;
import io.domus.store.DomainRecord;
import io.domus.store.LayerStore;
import io.domus.store.StateLayout;
import io.domus.store.StoredLayer;
import io.domus.tool.Crun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Gathers what a clone's compiler must know of the host, and what of it is left to chance. */
final class CloneInquiry {
  private static final String QCOW2 = "qcow2";

  private final Driver driver;
  private final StateLayout layout;
  private final Syscalls syscalls;
  private final LayerStore layers;
  private final LayerIds ids;

  CloneInquiry(Driver driver, LayerStore layers) {
    this.driver = driver;
    this.layout = driver.layout();
    this.syscalls = driver.syscalls();
    this.layers = layers;
    this.ids = new LayerIds(driver);
  }

  CloneOrder order(DomainDef source, String name, CloneOperation.Request request)
      throws IOException {
    Path storage = request.storage().orElse(layout.storage());
    StorageProbe probe = new StorageProbe(driver, storage);
    Optional<CriuOptions> options = request.memory().map(CriuOptions.of(source.checkpoint())::and);
    Optional<ProcessDump> dump =
        options.isEmpty()
            ? Optional.empty()
            : Optional.of(dump(source, savePaths(name).saved(), options.get().forClone()));
    return new CloneOrder(
        source,
        name,
        UUID.randomUUID(),
        request.keepMac() ? GuestMac.complete(source).interfaces() : interfaces(source),
        request.mode(),
        request.kind(),
        request.size(),
        request.filesystem(),
        directory(storage, name),
        missing(storage),
        request.change(),
        uppers(source),
        images(source),
        trees(source, request, probe),
        probe.facts(source),
        request.live() ? live(source, dump) : Optional.empty(),
        Hooks.programs(driver),
        upper -> LayerStore.record(layout, upper));
  }

  /**
   * What is set aside of a domain, to come back to it.
   *
   * @param directory of the snapshot
   * @param live if the domain runs
   */
  CloneOrder snapshot(DomainDef source, Path directory, Optional<LiveSource> live)
      throws IOException {
    StorageProbe probe = new StorageProbe(driver, directory.getParent());
    return new CloneOrder(
        source,
        source.name(),
        source.uuid().orElseGet(UUID::randomUUID),
        source.interfaces(),
        CloneOrder.Mode.DEFAULT,
        Optional.empty(),
        Optional.empty(),
        CloneOrder.ImageFilesystem.EXT4,
        directory,
        missing(directory.getParent()),
        Set.of(),
        uppers(source),
        Map.of(),
        Map.of(),
        probe.facts(source),
        live,
        List.of(),
        upper -> LayerStore.record(layout, upper));
  }

  /**
   * What a domain is brought back to.
   *
   * @param kept the definition in the snapshot
   * @param domain what the domain will run from
   */
  CloneOrder revert(DomainDef kept, DomainDef domain, Path directory) throws IOException {
    CloneOrder order = snapshot(kept, directory, Optional.empty());
    Map<Path, UpperState> both = new HashMap<>(uppers(domain));
    both.putAll(order.uppers());
    return order.withUppers(both);
  }

  /**
   * A domain made of a snapshot.
   *
   * @param kept the definition in it
   * @param other whether it gets a uuid and addresses of its own, and another host name
   */
  CloneOrder spawn(DomainDef kept, String name, boolean other) throws IOException {
    CloneOperation.Request request =
        new CloneOperation.Request(
            CloneOrder.Mode.DEFAULT,
            Optional.empty(),
            Optional.empty(),
            CloneOrder.ImageFilesystem.EXT4,
            Optional.empty(),
            other ? Set.of(GuestIdentity.Part.HOSTNAME) : Set.of(),
            !other,
            false);
    CloneOrder order = order(kept, name, request);
    return other || kept.uuid().isEmpty() ? order : order.withUuid(kept.uuid().get());
  }

  private SavePaths savePaths(String name) {
    return SavePaths.of(layout.domain(name));
  }

  /** Of a guest that goes on. */
  ProcessDump dump(DomainDef source, Path image, CriuOptions options) throws IOException {
    DomainPaths paths = layout.domain(source.name());
    boolean paused =
        driver
            .statuses()
            .read(source.name())
            .filter(record -> LiveState.condition(record).state() == DomainState.PAUSED)
            .isPresent();
    return new ProcessDump(
        HostTools.facts(driver),
        paths,
        paths.cgroup(source),
        image,
        options,
        true,
        paused,
        GuestFileProbe.mounted(paths));
  }

  /** libvirt's prefix for addresses it makes up. */
  private List<NetInterface> interfaces(DomainDef source) {
    return source.interfaces().stream()
        .map(each -> each.mac().isPresent() ? each.withMac("52:54:00:" + ids.hex(3, ":")) : each)
        .map(
            each ->
                each.withDevices(
                    each.target().filter(name -> !DeviceNames.isOurs(name)), each.guest()))
        .toList();
  }

  /** One that is not there: a renamed domain may still use what is called after its old name. */
  static Path directory(Path parent, String name) {
    Path directory = parent.resolve(name);
    for (int number = 2; Files.exists(directory, LinkOption.NOFOLLOW_LINKS); number++) {
      directory = parent.resolve(name + "-" + number);
    }
    return directory;
  }

  /** Empty if it does not run: then it is cloned like any other. */
  Optional<LiveSource> live(DomainDef source, Optional<ProcessDump> dump) throws IOException {
    Optional<DomainRecord> record = driver.statuses().read(source.name());
    if (record.filter(LiveState::guestAlive).isEmpty()) {
      return Optional.empty();
    }
    DomainPaths paths = layout.domain(source.name());
    Crun crun = HostTools.crun(driver, paths);
    boolean paused = LiveState.condition(record.get()).state() == DomainState.PAUSED;
    if (!SessionProbe.mayStandStill(driver, source.name(), paused)) {
      throw new ConfigUnsupportedException(
          "its guest runs without a cgroup, since none is delegated to this session, and cannot"
              + " stand still while it is copied; "
              + (driver.definitions().exists(source.name())
                  ? ""
                  : "define it, so that it stays, and ")
              + "shut it down first");
    }
    return Optional.of(
        new LiveSource(
            crun.pause(paths.containerId()),
            crun.resume(paths.containerId()),
            record.get().cgroup(),
            paused,
            dump));
  }

  /** The outermost first. */
  static List<Path> missing(Path directory) {
    List<Path> missing = new ArrayList<>();
    Path at = directory;
    while (at != null && !Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
      missing.addFirst(at);
      at = at.getParent();
    }
    return missing;
  }

  Map<Path, UpperState> uppers(DomainDef source) throws IOException {
    Map<Path, UpperState> states = new HashMap<>();
    for (Path upper : LayerInsertion.uppers(source)) {
      if (Files.isDirectory(upper)) {
        states.put(upper, upper(source.name(), upper, index(source, upper)));
      }
    }
    for (Path layer : LayerInsertion.directories(source)) {
      if (Files.isDirectory(layer) && layers.find(layer).isPresent()) {
        states.put(layer, upper(source.name(), layer, Optional.empty()));
      }
    }
    return states;
  }

  /** overlayfs makes it when it mounts the overlay with such an option. */
  private static Optional<Path> index(DomainDef source, Path upper) {
    for (Filesystem filesystem : source.filesystems()) {
      if (filesystem instanceof Filesystem.Overlay overlay) {
        Optional<Path> work =
            overlay
                .chain()
                .upper()
                .filter(found -> found.directory().equals(upper))
                .map(found -> found.work().resolve("index"))
                .filter(Files::isDirectory);
        if (work.isPresent()) {
          return work;
        }
      }
    }
    return Optional.empty();
  }

  private UpperState upper(String domain, Path upper, Optional<Path> index) throws IOException {
    return state(domain, upper, ids.next(upper), isEmpty(upper), Optional.empty(), index);
  }

  private UpperState state(
      String domain,
      Path upper,
      SealedLayer next,
      boolean empty,
      Optional<String> format,
      Optional<Path> index)
      throws IOException {
    Path record = LayerStore.record(layout, upper);
    Optional<Path> displaced = layers.displaced(upper);
    Optional<String> before =
        displaced.isEmpty() && Files.exists(record)
            ? Optional.of(Files.readString(record))
            : Optional.empty();
    return new UpperState(
        empty,
        layers.beneath(upper),
        record,
        before,
        displaced,
        layers.former(upper),
        index,
        next,
        ids.description(next),
        new StoredLayer(next, domain, Instant.now(), format).json());
  }

  private Map<Path, ImageState> images(DomainDef source) throws IOException {
    Map<Path, ImageState> states = new HashMap<>();
    for (Filesystem filesystem : source.filesystems()) {
      if (filesystem instanceof Filesystem.Image image
          && image.format() == ImageFormat.QCOW2
          && !image.place().readonly()
          && Files.isRegularFile(image.file())) {
        states.put(image.file(), image(source.name(), image.file()));
      }
    }
    return states;
  }

  private ImageState image(String domain, Path file) throws IOException {
    QcowImage image = QcowImage.read(file);
    SealedLayer place = ids.next(file);
    SealedLayer next = new SealedLayer(place.id(), place.path().resolveSibling(LayerStore.IMAGE));
    return new ImageState(
        state(domain, file, next, image.empty(), Optional.of(QCOW2), Optional.empty()),
        image.capacity(),
        image
            .backingFile()
            .map(
                backing ->
                    new ImageState.Backing(
                        backing,
                        image.backingFormat().orElse(QCOW2),
                        image.backing().map(Path::of).filter(name -> !name.isAbsolute()))));
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  /** Counting files takes its time: only for what needs a size. */
  private Map<GuestPath, TreeFacts> trees(
      DomainDef source, CloneOperation.Request request, StorageProbe probe) throws IOException {
    boolean sized = request.kind().filter(CloneInquiry::sized).isPresent();
    TreeScan scan = new TreeScan(driver.runner());
    Map<GuestPath, TreeFacts> trees = new HashMap<>();
    for (Filesystem filesystem : driver.withLayers(source, layers).filesystems()) {
      boolean root = filesystem.target().isRoot();
      TreeFacts facts = scan.facts(filesystem, root && sized);
      if (root && filesystem instanceof Filesystem.Mount mount) {
        facts = facts.withSnapshot(probe.canSnapshot(mount.source()));
      }
      trees.put(filesystem.target(), facts);
    }
    return trees;
  }

  private static boolean sized(StorageKind kind) {
    return switch (kind) {
      case LOOP, QCOW2, LVM -> true;
      case DIR, OVERLAY, BTRFS -> false;
    };
  }
}
