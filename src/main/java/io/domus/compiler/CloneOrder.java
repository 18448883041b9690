// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.GuestIdentity;
import io.domus.domain.GuestPath;
import io.domus.domain.NetInterface;
import io.domus.domain.StorageKind;
import io.domus.domain.UpperLayers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What is to be cloned, and into what. All that is random, or known to the host alone, is given.
 *
 * @param source as its file declares it
 * @param interfaces the clone's, with addresses of their own
 * @param kind of the clone's root; the source's own, if it is not said
 * @param size bytes, of the clone's root, where its kind has a size
 * @param filesystem what a new image is formatted with
 * @param directory what the clone writes to lies below; it is not there yet
 * @param missing what has to be made above that directory, the outermost first
 * @param identity what is changed in the guest's own files
 * @param uppers the source's upper directories, and such layers as are one of somebody's
 * @param images the source's qcow2 images
 * @param trees how large the source's filesystems are that may have to be copied, by where the
 *     guest has them
 * @param storage what clones can be kept in
 * @param live if the source runs
 * @param hooks programs that are told of the clone, with its tree at hand
 * @param recordOf where it would be recorded what lies beneath an upper directory
 */
public record CloneOrder(
    DomainDef source,
    String name,
    UUID uuid,
    List<NetInterface> interfaces,
    Mode mode,
    Optional<StorageKind> kind,
    Optional<Long> size,
    ImageFilesystem filesystem,
    Path directory,
    List<Path> missing,
    Set<GuestIdentity.Part> identity,
    Map<Path, UpperState> uppers,
    Map<Path, ImageState> images,
    Map<GuestPath, TreeFacts> trees,
    StorageFacts storage,
    Optional<LiveSource> live,
    List<Path> hooks,
    UnaryOperator<Path> recordOf) {
  /** How the clone comes by the source's content. */
  public enum Mode {
    /** By whichever costs nothing, where there is such a way. */
    DEFAULT,
    /** It shares layers with its source. */
    LINKED,
    /** It is a copy that depends on nothing. */
    FULL
  }

  /** What a new image is formatted with. */
  public enum ImageFilesystem {
    EXT4,
    XFS;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How large a tree is.
   *
   * @param bytes that its files take on the disk
   * @param capacity bytes of the image or device it lies on; empty for directories
   * @param filesystem the kernel's name for the one in that image or device, where it is known
   * @param snapshot whether it is a subvolume of btrfs of which a snapshot can lie in the storage
   */
  public record TreeFacts(
      long bytes,
      long inodes,
      Optional<Long> capacity,
      Optional<String> filesystem,
      boolean snapshot) {
    /** Nothing is known. */
    public static final TreeFacts UNKNOWN =
        new TreeFacts(0, 0, Optional.empty(), Optional.empty(), false);

    /** The same, with an answer to whether a snapshot can be made. */
    public TreeFacts withSnapshot(boolean possible) {
      return new TreeFacts(bytes, inodes, capacity, filesystem, possible);
    }

    public TreeFacts {
      Objects.requireNonNull(capacity, "capacity");
      Objects.requireNonNull(filesystem, "filesystem");
    }
  }

  public CloneOrder {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(uuid, "uuid");
    interfaces = List.copyOf(interfaces);
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(size, "size");
    Objects.requireNonNull(filesystem, "filesystem");
    Objects.requireNonNull(directory, "directory");
    missing = List.copyOf(missing);
    identity = Set.copyOf(identity);
    uppers = Map.copyOf(uppers);
    images = Map.copyOf(images);
    trees = Map.copyOf(trees);
    Objects.requireNonNull(storage, "storage");
    Objects.requireNonNull(live, "live");
    hooks = List.copyOf(hooks);
    Objects.requireNonNull(recordOf, "recordOf");
  }

  /** The same, with another identity. */
  public CloneOrder withUuid(UUID same) {
    return with(same, uppers);
  }

  /** The same, with the states of more upper directories. */
  public CloneOrder withUppers(Map<Path, UpperState> all) {
    return with(uuid, all);
  }

  private CloneOrder with(UUID otherUuid, Map<Path, UpperState> otherUppers) {
    return new CloneOrder(
        source,
        name,
        otherUuid,
        interfaces,
        mode,
        kind,
        size,
        filesystem,
        directory,
        missing,
        identity,
        otherUppers,
        images,
        trees,
        storage,
        live,
        hooks,
        recordOf);
  }

  /** What was sealed beneath the source's upper directories and layers before. */
  Map<Path, UpperLayers> sealed() {
    Map<Path, UpperLayers> sealed = new HashMap<>();
    uppers.forEach((directory, state) -> sealed.put(directory, state.beneath()));
    return sealed;
  }

  /** How large a filesystem of the source is. */
  public TreeFacts tree(Filesystem filesystem) {
    return trees.getOrDefault(filesystem.target(), TreeFacts.UNKNOWN);
  }

  /** The size that was asked for, which is the root's. */
  Optional<Long> size(Filesystem filesystem) {
    return filesystem.target().isRoot() ? size : Optional.empty();
  }
}
