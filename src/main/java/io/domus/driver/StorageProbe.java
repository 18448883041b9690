// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.StorageFacts;
import io.domus.compiler.StorageFacts.Ground;
import io.domus.compiler.StorageFacts.LogicalVolume;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.kernel.DeviceNumber;
import io.domus.kernel.FilesystemType;
import io.domus.kernel.MountInfo;
import io.domus.store.Configuration;
import io.domus.tool.Btrfs;
import io.domus.tool.Command;
import io.domus.tool.CommandResult;
import io.domus.tool.Lvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What clones can be kept in. Changes nothing. */
final class StorageProbe {
  private static final Path DEVICE_MAPPER = Path.of("/dev/mapper/control");
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** btrfs gives it to the root of every subvolume. */
  private static final long SUBVOLUME = 256;

  private static final List<String> PROGRAMS =
      List.of(
          "mkfs.ext4",
          "mkfs.xfs",
          "resize2fs",
          "xfs_growfs",
          "qemu-img",
          "btrfs",
          "lvcreate",
          "lvs");

  private final Driver driver;

  /** Where the clone's storage is made, as far as it is there. */
  private final Path directory;

  StorageProbe(Driver driver, Path directory) {
    this.driver = driver;
    this.directory = directory;
  }

  StorageFacts facts(DomainDef source) throws IOException {
    Configuration configuration = driver.configuration();
    Set<String> programs =
        PROGRAMS.stream()
            .filter(program -> HostTools.find(program).isPresent())
            .collect(Collectors.toSet());
    boolean deviceMapper = Files.exists(DEVICE_MAPPER);
    return new StorageFacts(
        directory,
        ground(),
        programs,
        deviceMapper,
        configuration.volumeGroup(),
        configuration.thinPool(),
        deviceMapper && programs.contains("lvs") ? volumes(source) : Map.of());
  }

  private Ground ground() throws IOException {
    FilesystemType type = driver.syscalls().statfs(existing());
    if (type.equals(FilesystemType.BTRFS)) {
      return Ground.BTRFS;
    }
    return type.equals(FilesystemType.OVERLAY) ? Ground.OVERLAY : Ground.OTHER;
  }

  private Path existing() throws IOException {
    Path there = directory;
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    return there.toRealPath();
  }

  private Map<Path, LogicalVolume> volumes(DomainDef source) throws IOException {
    Map<Path, LogicalVolume> volumes = new HashMap<>();
    for (Filesystem filesystem : source.filesystems()) {
      if (filesystem instanceof Filesystem.Block block) {
        volume(block.device()).ifPresent(volume -> volumes.put(block.device(), volume));
      }
    }
    return volumes;
  }

  private Optional<LogicalVolume> volume(Path device) throws IOException {
    String[] names = printed(Lvm.describe(device)).split("/", -1);
    return names.length == 3
        ? Optional.of(
            new LogicalVolume(
                names[0], names[1], Optional.of(names[2]).filter(pool -> !pool.isEmpty())))
        : Optional.empty();
  }

  /**
   * Whether a snapshot of the directory can lie in the storage and is like it: a snapshot leaves
   * out what is a subvolume itself.
   */
  boolean canSnapshot(Path tree) throws IOException {
    if (!Files.isDirectory(tree)
        || !driver.syscalls().statfs(tree).equals(FilesystemType.BTRFS)
        || driver.syscalls().stat(tree).inode() != SUBVOLUME) {
      return false;
    }
    return filesystem(tree.toRealPath()).equals(filesystem(existing()))
        && printed(Btrfs.nested(tree)).isEmpty();
  }

  /** Each subvolume has a device number of its own, but the mount table shows the filesystem's. */
  private static Optional<DeviceNumber> filesystem(Path path) throws IOException {
    return MountInfo.current().entries().reversed().stream()
        .filter(entry -> path.startsWith(entry.target()))
        .max(java.util.Comparator.comparingInt(entry -> entry.target().getNameCount()))
        .map(MountInfo.Entry::device);
  }

  /** Nothing, where the program fails: what is asked about is then not of its kind. */
  private String printed(Command command) throws IOException {
    CommandResult result = driver.runner().run(command, LIMIT);
    return result.succeeded() ? result.stdout().strip() : "";
  }
}
