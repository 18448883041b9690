// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.HostUse;
import io.domus.domain.SealedLayer;
import io.domus.store.UpperIndex;
import io.domus.store.UpperRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody relies on a place not to change.
 *
 * @param domain who; empty for an upper directory that no domain names now
 * @param path the place
 * @param through the image that the place is the backing file of, or the upper directory that it
 *     was sealed beneath
 */
record Reliance(Optional<String> domain, Path path, Kind kind, Optional<Path> through) {
  /** What the place is to them. */
  enum Kind {
    LAYER,
    SEALED,
    BACKING
  }

  /** What definitions name as layers. */
  static List<Reliance> layers(UseIndex index) {
    List<Reliance> all = new ArrayList<>();
    for (String domain : index.names()) {
      for (HostUse use : index.uses(domain)) {
        if (use.relies()) {
          all.add(new Reliance(Optional.of(domain), use.path(), Kind.LAYER, Optional.empty()));
        }
      }
    }
    return all;
  }

  /** What images are backed by, for which they have to be looked into. */
  static List<Reliance> backing(Driver driver, UseIndex index) throws IOException {
    List<Reliance> all = new ArrayList<>();
    BackingChain chains = new BackingChain(driver.syscalls());
    for (String domain : index.names()) {
      for (HostUse use : index.uses(domain)) {
        if (use.qcow2()) {
          for (Path file : chains.of(use.path())) {
            all.add(new Reliance(Optional.of(domain), file, Kind.BACKING, Optional.of(use.path())));
          }
        }
      }
    }
    return all;
  }

  /** What was sealed, for which all records have to be read. */
  static List<Reliance> sealed(Driver driver, UseIndex index) throws IOException {
    List<Reliance> all = new ArrayList<>();
    UpperIndex uppers = UpperIndex.read(driver.layers(), driver.syscalls());
    Set<UpperRecord> named = new HashSet<>();
    for (String domain : index.names()) {
      for (HostUse use : index.uses(domain)) {
        if (use.mayLieOnLayers()) {
          Optional<UpperRecord> record = uppers.find(use.path());
          record.ifPresent(named::add);
          record.ifPresent(found -> all.addAll(sealed(Optional.of(domain), use.path(), found)));
        }
      }
    }
    for (UpperRecord record : uppers.records()) {
      if (!named.contains(record)) {
        all.addAll(sealed(Optional.empty(), record.upper(), record));
      }
    }
    return all;
  }

  private static List<Reliance> sealed(Optional<String> domain, Path upper, UpperRecord record) {
    return record.layers().layers().stream()
        .map(SealedLayer::path)
        .map(path -> new Reliance(domain, path, Kind.SEALED, Optional.of(upper)))
        .toList();
  }
}
