// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.HostUse;
import io.domus.domain.HostUse.Access;
import io.domus.domain.SealedLayer;
import io.domus.store.UpperRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What others use of the host, for whoever is about to delete something. */
final class OtherUses {
  private final HostPlaces places;
  private final List<Use> uses = new ArrayList<>();
  private final Map<String, String> illegible = new HashMap<>();

  private OtherUses(HostPlaces places) {
    this.places = places;
  }

  /**
   * @param who as a message says it: {@code domain 'web'}
   * @param whole whether nothing in it may be missing
   */
  private record Use(String who, Path path, HostPlaces.Place place, boolean whole) {}

  /**
   * By definitions alone.
   *
   * @param without domains that are to go
   */
  static OtherUses of(Driver driver, UseIndex index, HostPlaces places, Set<String> without)
      throws IOException {
    OtherUses others = new OtherUses(places);
    BackingChain chains = new BackingChain(driver.syscalls());
    for (String domain : index.names()) {
      if (!without.contains(domain)) {
        String who = "domain '" + domain + "'";
        for (HostUse use : index.uses(domain)) {
          others.add(who, use.path(), use.role().access() != Access.SHARES);
          if (use.qcow2()) {
            for (Path file : chains.of(use.path())) {
              others.add(who, file, true);
            }
          }
        }
        if (index.invalid().contains(domain)) {
          others.illegible.put(domain, text(driver.definitions().read(domain)));
        }
      }
    }
    return others;
  }

  /** And by what is recorded of upper directories. */
  OtherUses with(Collection<UpperRecord> records) {
    records.forEach(this::record);
    return this;
  }

  /** Byte by byte, whatever the encoding. */
  private static String text(Optional<byte[]> bytes) {
    return bytes.map(all -> new String(all, StandardCharsets.ISO_8859_1)).orElse("");
  }

  private void record(UpperRecord record) {
    String who = "'" + record.upper() + "', which lies on layers,";
    add(who, record.upper(), true);
    for (SealedLayer layer : record.layers().layers()) {
      add(who, layer.path(), true);
    }
  }

  private void add(String who, Path path, boolean whole) {
    uses.add(new Use(who, path, places.of(path), whole));
  }

  /** Who would miss it, if anybody. */
  Optional<String> user(Path tree) {
    HostPlaces.Place place = places.of(tree);
    Optional<String> user =
        uses.stream()
            .filter(use -> use.place().isIn(place) || (use.whole() && place.isIn(use.place())))
            .map(Use::who)
            .findFirst();
    return user.or(() -> mentioned(tree));
  }

  /** Of a definition that is no longer valid nobody can tell what a path in it is for. */
  Optional<String> mentioned(Path path) {
    String name =
        new String(path.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return illegible.entrySet().stream()
        .filter(entry -> entry.getValue().contains(name))
        .map(entry -> "domain '" + entry.getKey() + "'")
        .findFirst();
  }
}
