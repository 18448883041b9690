// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.HostFacts;
import io.domus.compiler.LayerFacts;
import io.domus.compiler.SourceFacts;
import io.domus.domain.BackingStore;
import io.domus.domain.Capability;
import io.domus.domain.Disk;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.HostDevice;
import io.domus.domain.ImageFormat;
import io.domus.domain.OverlayChain;
import io.domus.domain.SharedNamespaces;
import io.domus.kernel.Errno;
import io.domus.kernel.FilesystemType;
import io.domus.kernel.KernelException;
import io.domus.kernel.Stat;
import io.domus.kernel.Syscalls;
import io.domus.store.DomainRecord;
import io.domus.store.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Gathers, once an operation, all that a compiler may know about the host. Changes nothing. */
final class HostProbe {
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
  private static final int NBD_DEVICES = 16;

  private final Driver driver;
  private final Syscalls syscalls;
  private final Map<Path, SourceFacts> sources = new HashMap<>();
  private final Map<Path, LayerFacts> layers = new HashMap<>();
  private boolean qcow;

  HostProbe(Driver driver) {
    this.driver = driver;
    this.syscalls = driver.syscalls();
  }

  /** Also for an image that is only going to be made. */
  HostProbe withQcow() {
    qcow = true;
    return this;
  }

  HostFacts facts(DomainDef domain) {
    for (Filesystem filesystem : domain.filesystems()) {
      switch (filesystem) {
        case Filesystem.Mount mount -> source(mount.source());
        case Filesystem.Block block -> source(block.device());
        case Filesystem.Image image -> image(image.file(), image.format());
        case Filesystem.Overlay overlay -> chain(overlay.chain(), false);
        case Filesystem.Ram _, Filesystem.Bind _ -> {}
      }
    }
    devices(domain);
    List<Path> roots = cgroupRoots();
    domain
        .tuning()
        .partition()
        .ifPresent(partition -> roots.forEach(root -> source(Path.of(root + partition))));
    HostFacts.Qcow method = qcow ? qcowMethod() : HostFacts.Qcow.NONE;
    HostFacts facts = host(domain, roots, method);
    return driver.layout().isSession()
        ? facts.inSession(SessionProbe.facts())
        : facts.without(Controllers.lacking());
  }

  private HostFacts host(DomainDef domain, List<Path> roots, HostFacts.Qcow method) {
    return new HostFacts(
        HostTools.facts(driver),
        isType(CGROUPS.resolve("unified"), FilesystemType.CGROUP2),
        isType(CGROUPS, FilesystemType.CGROUP2),
        roots,
        method,
        method == HostFacts.Qcow.NBD ? freeNbd() : List.of(),
        Runtime.getRuntime().availableProcessors(),
        capabilities(),
        sources,
        layers,
        peers(domain.shared()),
        new GuestIdProbe(syscalls).ids(domain));
  }

  /**
   * @param inner true below another overlay, where marks decide whether it may be flattened
   */
  private void chain(OverlayChain chain, boolean inner) {
    chain.upper().ifPresent(upper -> source(upper.directory()));
    chain.upper().ifPresent(upper -> source(upper.work()));
    if (inner) {
      chain.upper().ifPresent(upper -> layer(upper.directory()));
    }
    for (BackingStore store : chain.lowers()) {
      switch (store) {
        case BackingStore.Directory directory -> {
          source(directory.path());
          if (inner) {
            layer(directory.path());
          }
        }
        case BackingStore.Image image -> image(image.file(), image.format());
        case BackingStore.Block block -> source(block.device());
        case BackingStore.Overlay overlay -> chain(overlay.chain(), true);
      }
    }
  }

  private void devices(DomainDef domain) {
    for (Disk disk : domain.disks()) {
      switch (disk.kind()) {
        case BLOCK -> source(Path.of(disk.source()));
        case FILE -> image(Path.of(disk.source()), disk.format().orElse(ImageFormat.RAW));
      }
    }
    for (HostDevice device : domain.hostDevices()) {
      device.node().ifPresent(this::source);
    }
    domain.tuning().blockIo().devices().forEach(device -> source(Path.of(device.path())));
  }

  /** Looks at the namespaces of others too. */
  private Map<String, Integer> peers(SharedNamespaces shared) {
    Map<String, Integer> running = new HashMap<>();
    shared
        .peers()
        .forEach(
            (namespace, peer) -> {
              peer.file(namespace).ifPresent(this::source);
              if (peer.kind() == SharedNamespaces.Peer.Kind.NAME) {
                init(peer.value()).ifPresent(pid -> running.put(peer.value(), pid));
              }
            });
    return running;
  }

  private Optional<Integer> init(String domain) {
    try {
      return driver
          .statuses()
          .read(domain)
          .filter(LiveState::guestAlive)
          .flatMap(DomainRecord::init)
          .map(ProcessId::pid);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private void image(Path file, ImageFormat format) {
    source(file);
    qcow |= format == ImageFormat.QCOW2;
  }

  private void layer(Path path) {
    if (!layers.containsKey(path)) {
      layers.put(path, new LayerScan(syscalls).scan(path));
    }
  }

  private void source(Path path) {
    if (!sources.containsKey(path)) {
      sources.put(path, probe(path));
    }
  }

  private SourceFacts probe(Path path) {
    try {
      Stat stat = syscalls.stat(path);
      boolean overlay = syscalls.statfs(path).equals(FilesystemType.OVERLAY);
      if (!Files.isReadable(path)) {
        return new SourceFacts(SourceFacts.Kind.UNREADABLE, overlay);
      }
      Optional<SourceFacts.DeviceNumber> number =
          stat.isBlockDevice() || stat.isCharacterDevice()
              ? Optional.of(
                  new SourceFacts.DeviceNumber(stat.target().major(), stat.target().minor()))
              : Optional.empty();
      return new SourceFacts(kind(stat), overlay, number);
    } catch (KernelException failure) {
      boolean hidden = failure.errno().equals(Errno.EACCES);
      return new SourceFacts(
          hidden ? SourceFacts.Kind.UNREADABLE : SourceFacts.Kind.MISSING, false);
    }
  }

  private static SourceFacts.Kind kind(Stat stat) {
    if (stat.isDirectory()) {
      return SourceFacts.Kind.DIRECTORY;
    }
    if (stat.isRegularFile()) {
      return SourceFacts.Kind.FILE;
    }
    if (stat.isCharacterDevice()) {
      return SourceFacts.Kind.CHARACTER_DEVICE;
    }
    return stat.isBlockDevice() ? SourceFacts.Kind.BLOCK_DEVICE : SourceFacts.Kind.OTHER;
  }

  /** The one hierarchy of version 2, or those of version 1 that are mounted. */
  private List<Path> cgroupRoots() {
    if (isType(CGROUPS, FilesystemType.CGROUP2)) {
      return List.of(CGROUPS);
    }
    try (Stream<Path> entries = Files.list(CGROUPS)) {
      return entries
          .filter(entry -> !Files.isSymbolicLink(entry) && isType(entry, FilesystemType.CGROUP))
          .sorted()
          .toList();
    } catch (IOException absent) {
      return List.of();
    }
  }

  private boolean isType(Path path, FilesystemType type) {
    try {
      return syscalls.statfs(path).equals(type);
    } catch (KernelException absent) {
      return false;
    }
  }

  /** Our bounding set: a runtime cannot hand on what its caller could not have. */
  static Set<Capability> capabilities() {
    long bits = ~0L;
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("CapBnd:")) {
          bits = Long.parseUnsignedLong(line.substring("CapBnd:".length()).strip(), 16);
        }
      }
    } catch (IOException unreadable) {
      // Without /proc nothing starts anyway; a plan is then made for a host that gives all.
      bits = ~0L;
    }
    EnumSet<Capability> given = EnumSet.noneOf(Capability.class);
    for (Capability capability : Capability.values()) {
      if ((bits >>> capability.number() & 1) == 1) {
        given.add(capability);
      }
    }
    return given;
  }

  private HostFacts.Qcow qcowMethod() {
    if (Files.exists(Path.of("/dev/nbd0")) && HostTools.find("qemu-nbd").isPresent()) {
      return HostFacts.Qcow.NBD;
    }
    boolean fuse =
        Files.exists(Path.of("/dev/fuse")) && HostTools.find("qemu-storage-daemon").isPresent();
    return fuse ? HostFacts.Qcow.FUSE : HostFacts.Qcow.NONE;
  }

  /** An nbd device that is in use shows the pid of its server. */
  private static List<Path> freeNbd() {
    List<Path> free = new ArrayList<>();
    IntStream.range(0, NBD_DEVICES)
        .filter(number -> Files.exists(Path.of("/sys/block/nbd" + number)))
        .filter(number -> !Files.exists(Path.of("/sys/block/nbd" + number + "/pid")))
        .forEach(number -> free.add(Path.of("/dev/nbd" + number)));
    return free;
  }
}
