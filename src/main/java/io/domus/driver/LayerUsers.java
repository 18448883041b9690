// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.HostUse;
import io.domus.domain.SealedLayer;
import io.domus.store.UpperIndex;
import io.domus.store.UpperRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Who has which sealed layers: domains, and upper directories that no domain names now. */
final class LayerUsers {
  private final PathIdentity identities = new PathIdentity();
  private final Map<Object, SortedSet<String>> domains = new HashMap<>();
  private final Map<Object, SortedSet<Path>> uppers = new HashMap<>();

  /** Records, each with the domains whose upper directory it is about. */
  private final Map<UpperRecord, SortedSet<String>> records = new LinkedHashMap<>();

  private LayerUsers() {}

  static LayerUsers of(Driver driver, UseIndex index, UpperIndex uppers) throws IOException {
    BackingChain chains = new BackingChain(driver.syscalls());
    LayerUsers users = new LayerUsers();
    uppers.records().forEach(record -> users.records.put(record, new TreeSet<>()));
    for (String domain : index.names()) {
      for (HostUse use : index.uses(domain)) {
        users.add(domain, use.path());
        if (use.mayLieOnLayers()) {
          uppers.find(use.path()).ifPresent(found -> users.records.get(found).add(domain));
        }
        if (use.qcow2()) {
          chains.of(use.path()).forEach(file -> users.add(domain, file));
        }
      }
    }
    users.records.forEach(users::record);
    return users;
  }

  static LayerUsers of(Driver driver) throws IOException {
    return of(driver, UseIndex.look(driver), UpperIndex.read(driver.layers(), driver.syscalls()));
  }

  private void record(UpperRecord record, Set<String> named) {
    for (SealedLayer layer : record.layers().layers()) {
      named.forEach(domain -> add(domain, layer.path()));
      if (named.isEmpty()) {
        uppers
            .computeIfAbsent(identities.of(layer.path()), any -> new TreeSet<>())
            .add(record.upper());
      }
    }
  }

  private void add(String domain, Path path) {
    domains.computeIfAbsent(identities.of(path), any -> new TreeSet<>()).add(domain);
  }

  SortedSet<String> domains(SealedLayer layer) {
    return domains.getOrDefault(identities.of(layer.path()), new TreeSet<>());
  }

  /** Of no domain. */
  List<Path> uppers(SealedLayer layer) {
    return List.copyOf(uppers.getOrDefault(identities.of(layer.path()), new TreeSet<>()));
  }

  Map<UpperRecord, SortedSet<String>> records() {
    return records;
  }
}
