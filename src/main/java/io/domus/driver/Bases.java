// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.archive.BaseFingerprint;
import io.domus.archive.Manifest;
import io.domus.domain.BackingStore;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.OverlayChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What lies beneath upper directories and does not travel with an archive. */
final class Bases {
  private Bases() {}

  /** Of a filesystem, as its definition names them, the topmost first. */
  static List<Manifest.Base> of(Driver driver, Filesystem.Overlay overlay) throws IOException {
    List<Manifest.Base> bases = new ArrayList<>();
    for (Path path : paths(driver, overlay.chain())) {
      bases.add(
          new Manifest.Base(path.toString(), BaseFingerprint.of(driver.syscalls(), path).text()));
    }
    return bases;
  }

  private static List<Path> paths(Driver driver, OverlayChain chain) throws IOException {
    List<Path> paths = new ArrayList<>();
    for (BackingStore store : chain.lowers()) {
      switch (store) {
        case BackingStore.Directory directory -> {
          paths.add(directory.path());
          driver
              .layers()
              .beneath(directory.path())
              .layers()
              .forEach(layer -> paths.add(layer.path()));
        }
        case BackingStore.Image image -> paths.add(image.file());
        case BackingStore.Block block -> paths.add(block.device());
        case BackingStore.Overlay inner -> {
          inner.chain().upper().ifPresent(upper -> paths.add(upper.directory()));
          paths.addAll(paths(driver, inner.chain()));
        }
      }
    }
    return paths;
  }

  /** What a domain reads and does not write to: beneath its overlays, and images of its own. */
  static List<Manifest.Base> of(Driver driver, DomainDef domain) throws IOException {
    List<Manifest.Base> bases = new ArrayList<>();
    for (Path path : beneath(domain)) {
      String fingerprint = BaseFingerprint.of(driver.syscalls(), path).text();
      bases.add(new Manifest.Base(path.toString(), fingerprint));
    }
    return bases;
  }

  private static Set<Path> beneath(DomainDef domain) {
    Set<Path> paths = new LinkedHashSet<>();
    for (Filesystem filesystem : domain.filesystems()) {
      switch (filesystem) {
        case Filesystem.Overlay overlay -> {
          List<Path> named = new ArrayList<>();
          named(overlay.chain(), named);
          uppers(overlay.chain(), named);
          paths.addAll(named);
        }
        case Filesystem.Image image -> paths.add(image.file());
        case Filesystem.Mount _, Filesystem.Bind _, Filesystem.Ram _, Filesystem.Block _ -> {}
      }
    }
    return paths;
  }

  /** Of overlays within: nobody writes to these. */
  private static void uppers(OverlayChain chain, List<Path> paths) {
    for (BackingStore store : chain.lowers()) {
      if (store instanceof BackingStore.Overlay inner) {
        inner.chain().upper().ifPresent(upper -> paths.add(upper.directory()));
        uppers(inner.chain(), paths);
      }
    }
  }

  /** What a definition names beneath its upper directories. */
  static List<Path> named(DomainDef domain) {
    List<Path> paths = new ArrayList<>();
    for (Filesystem.Overlay overlay : domain.writtenOverlays()) {
      named(overlay.chain(), paths);
    }
    return paths;
  }

  private static void named(OverlayChain chain, List<Path> paths) {
    for (BackingStore store : chain.lowers()) {
      switch (store) {
        case BackingStore.Directory directory -> paths.add(directory.path());
        case BackingStore.Image image -> paths.add(image.file());
        case BackingStore.Block block -> paths.add(block.device());
        case BackingStore.Overlay inner -> named(inner.chain(), paths);
      }
    }
  }

  /** Each that is not what it was, in plain words; empty if all are there. */
  static String missing(Driver driver, Manifest manifest) throws IOException {
    List<String> faults = new ArrayList<>();
    for (Manifest.Part part : manifest.filesystems()) {
      for (Manifest.Base base : part.bases()) {
        Path path = Path.of(base.path());
        if (Files.notExists(path)) {
          faults.add("base '" + path + "' is missing");
        } else if (!BaseFingerprint.of(driver.syscalls(), path).text().equals(base.fingerprint())) {
          faults.add("base '" + path + "' is not what it was");
        }
      }
    }
    return faults.stream().distinct().collect(Collectors.joining("; "));
  }
}
