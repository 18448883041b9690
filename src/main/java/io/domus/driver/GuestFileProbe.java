// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.GuestFile;
import io.domus.compiler.NameFiles;
import io.domus.domain.BackingStore;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.Filesystem;
import io.domus.domain.IdMap;
import io.domus.domain.OverlayChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks into a guest's tree, as far as that is possible before it is mounted. */
final class GuestFileProbe {
  private GuestFileProbe() {}

  /** What is there where files of ours would be. Nobody asks that of a guest without interfaces. */
  static Map<String, GuestFile> files(DomainDef domain) {
    Map<String, GuestFile> files = new HashMap<>();
    boolean covered =
        domain.filesystems().stream().anyMatch(each -> each.target().value().equals("/etc"));
    if (domain.interfaces().isEmpty() || covered) {
      return files;
    }
    for (String path : NameFiles.paths()) {
      boolean mounted =
          domain.filesystems().stream().anyMatch(each -> each.target().value().equals(path));
      if (!mounted) {
        GuestFile found = look(domain.root(), path.substring(1));
        boolean closed = found == GuestFile.MISSING && isClosed(domain);
        files.put(path, closed ? GuestFile.CLOSED : found);
      }
    }
    return files;
  }

  /** Which of them the guest has mounted that runs, as it was started. */
  static List<String> mounted(DomainPaths paths) {
    return NameFiles.paths().stream()
        .filter(path -> Files.exists(NameFiles.file(paths, path)))
        .toList();
  }

  /**
   * Whether no id of the definition's own may write to the guest's /etc. The guest's root may do so
   * with what it owns, and with all whose owner and group are ids of the guest.
   */
  private static boolean isClosed(DomainDef domain) {
    IdMap ids = domain.idmap();
    if (!ids.present() || ids.automatic()) {
      return false;
    }
    Optional<Path> etc = etc(domain.root());
    try {
      if (etc.isEmpty()) {
        return false;
      }
      long owner = ((Number) Files.getAttribute(etc.get(), "unix:uid")).longValue();
      long group = ((Number) Files.getAttribute(etc.get(), "unix:gid")).longValue();
      boolean root =
          ids.uids().stream().anyMatch(range -> range.start() == 0 && range.target() == owner);
      return !root && !(has(ids.uids(), owner) && has(ids.gids(), group));
    } catch (IOException unseen) {
      return false;
    }
  }

  /** Where it lies that the guest sees; the tree's root if there is none yet. */
  private static Optional<Path> etc(Filesystem root) {
    List<Path> trees = new ArrayList<>();
    switch (root) {
      case Filesystem.Mount mount -> trees.add(mount.source());
      case Filesystem.Overlay overlay -> {
        if (!layers(overlay.chain(), trees)) {
          trees.clear();
        }
      }
      case Filesystem.Ram _, Filesystem.Block _, Filesystem.Image _, Filesystem.Bind _ -> {}
    }
    return trees.stream()
        .map(tree -> tree.resolve("etc"))
        .filter(etc -> Files.isDirectory(etc, LinkOption.NOFOLLOW_LINKS))
        .findFirst()
        .or(() -> trees.stream().findFirst());
  }

  private static boolean has(List<IdMap.Range> ranges, long id) {
    return ranges.stream().anyMatch(range -> range.hasHost(id));
  }

  private static GuestFile look(Filesystem root, String path) {
    return switch (root) {
      case Filesystem.Mount mount -> look(mount.source(), path).orElse(GuestFile.MISSING);
      case Filesystem.Overlay overlay -> {
        List<Path> layers = new ArrayList<>();
        yield layers(overlay.chain(), layers) ? look(layers, path) : GuestFile.OWN;
      }
      case Filesystem.Ram _ -> GuestFile.MISSING;
      case Filesystem.Block _, Filesystem.Image _, Filesystem.Bind _ -> GuestFile.OWN;
    };
  }

  /** The topmost first; false if one of them is no directory. */
  private static boolean layers(OverlayChain chain, List<Path> layers) {
    chain.upper().ifPresent(upper -> layers.add(upper.directory()));
    for (BackingStore store : chain.lowers()) {
      switch (store) {
        case BackingStore.Directory directory -> layers.add(directory.path());
        case BackingStore.Overlay overlay -> {
          if (!layers(overlay.chain(), layers)) {
            return false;
          }
        }
        case BackingStore.Image _, BackingStore.Block _ -> {
          return false;
        }
      }
    }
    return true;
  }

  private static GuestFile look(List<Path> layers, String path) {
    for (Path layer : layers) {
      Optional<GuestFile> found = look(layer, path);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return GuestFile.MISSING;
  }

  /** Empty if a layer says nothing of it. */
  private static Optional<GuestFile> look(Path tree, String path) {
    try {
      BasicFileAttributes file =
          Files.readAttributes(
              tree.resolve(path), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (file.isRegularFile()) {
        return Optional.of(file.size() == 0 ? GuestFile.EMPTY : GuestFile.OWN);
      }
      // A device is a whiteout: the file was removed, and is not to come back from below.
      return Optional.of(file.isOther() ? GuestFile.MISSING : GuestFile.OWN);
    } catch (IOException absent) {
      return Optional.empty();
    }
  }
}
