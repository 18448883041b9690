// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.archive.BaseFingerprint;
import io.domus.archive.Manifest;
import io.domus.compiler.ArrivalCompiler;
import io.domus.compiler.CheckpointLint;
import io.domus.compiler.Obstacle;
import io.domus.domain.CheckpointDefaults;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainExistsException;
import io.domus.domain.Filesystem;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OverlayChain;
import io.domus.domain.SealedLayer;
import io.domus.store.LayerStore;
import io.domus.store.StoredLayer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** A guest that is offered to a root of state of this host, and what it meets there. */
final class Arrival {
  private final Driver driver;
  private final Offer offer;
  private final DomainDef stored;
  private final DomainDef running;

  Arrival(Driver driver, Offer offer) {
    this.driver = driver;
    this.offer = offer;
    this.stored = parse(offer.stored());
    this.running = parse(offer.running());
  }

  private DomainDef parse(String definition) {
    return new DefinitionReader(driver)
        .parse(
            "the definition of domain '" + offer.domain() + "'",
            definition.getBytes(StandardCharsets.UTF_8))
        .domain();
  }

  /** Refuses what cannot be, while the guest still runs where it is. */
  void check() throws IOException {
    checkNames();
    checkHost();
    for (Filesystem filesystem : running.filesystems()) {
      checkSource(filesystem);
    }
    checkLinks();
    StartCycleGate.check(driver, "domain '" + offer.domain() + "'", stored);
    missing();
  }

  private void checkNames() throws IOException {
    if (!offer.domain().equals(running.name()) || !offer.domain().equals(stored.name())) {
      throw new OperationFailedException("the definitions are of another domain");
    }
    String name = offer.domain();
    if (driver.definitions().exists(name) || driver.statuses().read(name).isPresent()) {
      throw new DomainExistsException("domain '" + name + "' already exists there");
    }
    Optional<UUID> uuid = running.uuid();
    for (String other : driver.definitions().names()) {
      if (uuid.isPresent() && new DefinitionReader(driver).uuid(other).equals(uuid)) {
        throw new DomainExistsException(
            "uuid " + uuid.get() + " already belongs to domain '" + other + "' there");
      }
    }
    Optional<Path> kept = driver.definitions().kept(name);
    if (kept.isPresent()) {
      throw new OperationFailedException(
          kept.get() + " holds what a former domain '" + name + "' has left there");
    }
  }

  private void checkHost() {
    String here = System.getProperty("os.arch");
    if (!here.equals(offer.architecture())) {
      throw new ConfigUnsupportedException(
          "the guest runs on " + offer.architecture() + ", and this host is " + here);
    }
    if (HostTools.find("rsync").isEmpty()) {
      throw new ConfigUnsupportedException("there is no rsync");
    }
    String lacking =
        CheckpointLint.check(running, CheckpointDefaults.NONE, new CheckpointProbe(driver).facts())
            .stream()
            .filter(obstacle -> obstacle.kind().certain())
            .map(Obstacle::sentence)
            .collect(Collectors.joining("; "));
    if (!lacking.isEmpty()) {
      throw new ConfigUnsupportedException(lacking);
    }
  }

  /** What of the host a guest is given has to be there; it is the host's, and does not travel. */
  private void checkSource(Filesystem filesystem) {
    Optional<Path> source =
        switch (filesystem) {
          case Filesystem.Mount mount -> Optional.of(mount.source());
          case Filesystem.Block block -> Optional.of(block.device());
          case Filesystem.Image _, Filesystem.Overlay _ -> Optional.empty();
          case Filesystem.Bind _, Filesystem.Ram _ -> Optional.empty();
        };
    source
        .filter(Files::notExists)
        .ifPresent(
            path -> {
              throw new OperationFailedException(
                  "'" + path + "' is missing (" + filesystem.origin() + ")");
            });
  }

  /** Nor do networks travel: those of the same names are what the guest is connected to. */
  private void checkLinks() {
    String missing = new GuestLinks(driver).missing(running);
    if (!missing.isEmpty()) {
      throw new OperationFailedException(missing);
    }
  }

  /**
   * Bases that have to be copied.
   *
   * @throws OperationFailedException naming those that are there and are something else
   */
  List<Manifest.Base> missing() throws IOException {
    List<Manifest.Base> missing = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (Manifest.Base base : offer.bases()) {
      Path path = Path.of(base.path());
      if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
        missing.add(base);
      } else if (!fingerprint(path).equals(base.fingerprint())) {
        faults.add("base '" + path + "' is not what it is where the guest comes from");
      }
    }
    missing.stream()
        .filter(base -> base.path().startsWith("/dev/"))
        .forEach(base -> faults.add("device '" + base.path() + "' is missing"));
    if (!faults.isEmpty()) {
      throw new OperationFailedException(String.join("; ", faults));
    }
    // What lies in another one comes with it.
    return missing.stream().filter(base -> !isWithin(base, missing)).toList();
  }

  private static boolean isWithin(Manifest.Base base, List<Manifest.Base> others) {
    Path path = Path.of(base.path());
    return others.stream()
        .map(other -> Path.of(other.path()))
        .anyMatch(other -> path.startsWith(other) && !path.equals(other));
  }

  private String fingerprint(Path path) throws IOException {
    return BaseFingerprint.of(driver.syscalls(), path).text();
  }

  /**
   * What makes a domain of it.
   *
   * @param incoming where it is put
   */
  ArrivalCompiler.Order order(Path incoming) throws IOException {
    Path storage = CloneInquiry.directory(driver.layout().storage(), offer.domain());
    List<ArrivalCompiler.Tree> trees = new ArrayList<>();
    for (Offer.Tree tree : offer.trees()) {
      OverlayChain.Upper upper = ArrivalCompiler.place(storage, trees.size());
      List<ArrivalCompiler.Layer> layers = new ArrayList<>();
      for (int number = 0; number < tree.layers(); number++) {
        layers.add(layer());
      }
      trees.add(
          new ArrivalCompiler.Tree(
              upper, layers, tree.marks(), LayerStore.record(driver.layout(), upper.directory())));
    }
    return new ArrivalCompiler.Order(
        stored, running, incoming, storage, CloneInquiry.missing(storage.getParent()), trees);
  }

  private ArrivalCompiler.Layer layer() throws IOException {
    String id = new LayerIds(driver).hex(6, "");
    SealedLayer layer = new SealedLayer(id, LayerStore.content(driver.layout(), id));
    return new ArrivalCompiler.Layer(
        layer,
        LayerStore.description(driver.layout(), id),
        new StoredLayer(layer, offer.domain(), Instant.now()).json());
  }
}
