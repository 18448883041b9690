// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.GuestFile;
import io.domus.compiler.NameFiles;
import io.domus.domain.BackingStore;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.Filesystem;
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
        files.put(path, look(domain.root(), path.substring(1)));
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
