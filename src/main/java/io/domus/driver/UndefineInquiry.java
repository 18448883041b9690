// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.Removal;
import io.domus.compiler.UndefineOrder;
import io.domus.compiler.UseList;
import io.domus.domain.DomainDef;
import io.domus.domain.HostUse;
import io.domus.domain.HostUse.Access;
import io.domus.domain.HostUse.Role;
import io.domus.domain.Origin;
import io.domus.kernel.MountInfo;
import io.domus.plan.Step;
import io.domus.plan.Warning;
import io.domus.store.LayerLease.Claim;
import io.domus.store.StateRoot;
import io.domus.store.UpperIndex;
import io.domus.store.UpperRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out what a domain alone has written, and what of it may be removed. */
final class UndefineInquiry {
  private final Driver driver;
  private final DomainDef domain;
  private final List<HostUse> uses;
  private final UpperIndex uppers;
  private final HostPlaces places;
  private final OtherUses others;
  private final Map<Path, Removal> storage = new LinkedHashMap<>();
  private final Set<Warning> warnings = new LinkedHashSet<>();
  private final List<Claim> claims = new ArrayList<>();

  /**
   * @param gone domains that are taken to be undefined already, with their storage
   */
  UndefineInquiry(Driver driver, DomainDef domain, UseIndex index, Set<String> gone)
      throws IOException {
    this.driver = driver;
    this.domain = domain;
    this.uses = UseList.of(domain);
    this.uppers = UpperIndex.read(driver.layers(), driver.syscalls());
    this.places = new HostPlaces(MountInfo.current());
    Set<String> without = new HashSet<>(gone);
    without.add(domain.name());
    this.others = OtherUses.of(driver, index, places, without).with(staying(index, without));
  }

  /** Records but for those of upper directories that none but the domains that go write to. */
  private List<UpperRecord> staying(UseIndex index, Set<String> without) {
    Set<UpperRecord> going = new HashSet<>();
    Set<UpperRecord> staying = new HashSet<>();
    for (String name : index.names()) {
      for (HostUse use : index.uses(name)) {
        if (use.mayLieOnLayers()) {
          boolean goes = without.contains(name) && use.writes();
          uppers.find(use.path()).ifPresent(goes ? going::add : staying::add);
        }
      }
    }
    going.removeAll(staying);
    return uppers.records().stream().filter(record -> !going.contains(record)).toList();
  }

  /**
   * What is to be removed, and what nobody may use meanwhile.
   *
   * @param claims to be taken on it, over all roots of the host
   */
  record Finding(UndefineOrder order, List<Claim> claims) {
    Finding {
      claims = List.copyOf(claims);
    }
  }

  Finding find(String id) throws IOException {
    for (HostUse use : uses) {
      if (use.writes()) {
        written(use);
      }
    }
    Set<UpperRecord> records = records();
    List<Removal> layers = new ArrayList<>();
    for (UpperRecord record : records) {
      Path file = driver.layers().file(record);
      layers.add(
          Removal.of(file, Removal.Kind.FILE, "what was sealed beneath '" + record.upper() + "'"));
    }
    layers.addAll(layers(records));
    claimStorage();
    Path identity = driver.definitions().identityFile(domain.name());
    return new Finding(
        new UndefineOrder(
            domain.name(),
            id,
            driver.layout().domain(domain.name()),
            Files.exists(identity) ? Optional.of(identity) : Optional.empty(),
            List.copyOf(storage.values()),
            layers,
            List.copyOf(warnings)),
        claims);
  }

  private void written(HostUse use) throws IOException {
    Path path = use.path();
    if (!Files.exists(path)) {
      return;
    }
    if (use.role() == Role.VOLUME || driver.syscalls().stat(path).isBlockDevice()) {
      warn("volume '" + path + "' is kept");
      return;
    }
    Path real = HostPlaces.real(path);
    if (storage.keySet().stream().anyMatch(real::startsWith)) {
      return;
    }
    Optional<Path> whole = marked(real).filter(place -> obstacle(place, true).isEmpty());
    Optional<String> obstacle = whole.isPresent() ? Optional.empty() : obstacle(real, false);
    if (obstacle.isPresent()) {
      warn("'" + path + "' is kept: " + obstacle.get());
      return;
    }
    Path tree = whole.orElse(real);
    storage.keySet().removeIf(other -> other.startsWith(tree));
    storage.put(tree, removal(tree, use.role().noun()));
  }

  private Removal removal(Path tree, String noun) {
    Removal.Kind kind =
        Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS) ? Removal.Kind.TREE : Removal.Kind.FILE;
    String what = Files.exists(tree.resolve(Step.MakeStorage.MARK)) ? "storage" : noun;
    boolean ours = tree.startsWith(driver.layout().storage());
    return new Removal(
        tree,
        kind,
        what + " of '" + domain.name() + "'",
        ours && !tree.getParent().equals(driver.layout().storage())
            ? Optional.of(tree.getParent())
            : Optional.empty());
  }

  /** The place that was made for what a domain writes, around a path. */
  private static Optional<Path> marked(Path path) {
    for (Path at = path.getParent(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(Step.MakeStorage.MARK))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /**
   * Why a tree is not to be removed.
   *
   * @param made whether it was made for domains, so that layers in it were too
   */
  private Optional<String> obstacle(Path tree, boolean made) {
    if (tree.getNameCount() < 2 || keepsState(tree)) {
      return Optional.of("it holds more than the domain's own");
    }
    Optional<Path> mounted = places.mountedIn(tree);
    if (mounted.isPresent()) {
      return Optional.of(
          mounted.get().equals(tree)
              ? "it is a mount point"
              : "'" + mounted.get() + "' is mounted in it");
    }
    HostPlaces.Place place = places.of(tree);
    for (HostUse use : uses) {
      boolean foreign = use.role().access() == Access.SHARES || (use.relies() && !made);
      if (foreign && places.of(use.path()).isIn(place)) {
        return Optional.of("'" + use.path() + "' in it is not the domain's own");
      }
    }
    return others.user(tree).map(user -> user + " uses it");
  }

  /** Of this root: the storage below it apart, which is made to be removed. */
  private boolean keepsState(Path tree) {
    StateRoot home = driver.layout().home();
    return Stream.of(
            driver.layout().root(),
            home.configuration(),
            home.data().resolve("domains"),
            home.run(),
            home.logs())
        .anyMatch(path -> HostPlaces.real(path).startsWith(tree));
  }

  /** Of upper directories that are removed, or gone already. */
  private Set<UpperRecord> records() {
    Set<UpperRecord> records = new LinkedHashSet<>();
    for (HostUse use : uses) {
      boolean goes =
          !Files.exists(use.path())
              || storage.keySet().stream().anyMatch(HostPlaces.real(use.path())::startsWith);
      if (use.mayLieOnLayers() && use.writes() && goes && others.user(use.path()).isEmpty()) {
        uppers.find(use.path()).ifPresent(records::add);
      }
    }
    return records;
  }

  private List<Removal> layers(Set<UpperRecord> records) throws IOException {
    UnusedLayers unused = UnusedLayers.of(driver, records, uppers.records(), others);
    claims.addAll(unused.claims());
    Map<Path, Removal> removals = new LinkedHashMap<>(unused.removals());
    removals.keySet().removeIf(path -> storage.keySet().stream().anyMatch(path::startsWith));
    return List.copyOf(removals.values());
  }

  /** Someone of another root may be using it, whom only leases show. */
  private void claimStorage() throws IOException {
    for (HostUse use : uses) {
      Path real = HostPlaces.real(use.path());
      if (Files.exists(real) && storage.keySet().stream().anyMatch(real::startsWith)) {
        claims.add(ClaimList.claim(use.path(), true, driver.syscalls()));
      }
    }
  }

  private void warn(String text) {
    warnings.add(new Warning(text, Origin.NONE));
  }
}
