// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.ArrivalCompiler;
import io.domus.compiler.LayerInsertion;
import io.domus.compiler.SnapshotScope;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.CriuOptions;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainState;
import io.domus.domain.Filesystem;
import io.domus.domain.OperationInvalidException;
import io.domus.domain.OverlayOptions;
import io.domus.domain.SealedLayer;
import io.domus.domain.Transitions;
import io.domus.domain.UpperLayers;
import io.domus.domain.Verb;
import io.domus.store.DomainRecord;
import io.domus.store.LayerStore;
import io.domus.xml.DomainWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A guest that is to go elsewhere, and what goes with it.
 *
 * @param uppers directories that the guest writes to while they are copied
 * @param layers beneath these, which nobody writes to
 */
record Departure(Offer offer, List<Sent> uppers, List<Sent> layers) {
  /**
   * A directory to be sent.
   *
   * @param to below the place where what comes is put
   */
  record Sent(Path from, Path to) {}

  Departure {
    uppers = List.copyOf(uppers);
    layers = List.copyOf(layers);
  }

  /**
   * What is known to fail fails now.
   *
   * @param options of the dump, in addition to what the definition says
   * @throws io.domus.domain.DomainException without saying what could not be done
   */
  static Departure of(Driver driver, String name, CriuOptions options) throws IOException {
    DomainState state = new DomainView(driver).one(name).condition().state();
    if (!Transitions.allowed(state, Verb.CHECKPOINT)) {
      throw new OperationInvalidException("domain is not running");
    }
    if (state == DomainState.PAUSED) {
      throw new OperationInvalidException("domain is paused; resume it first");
    }
    if (!driver.definitions().exists(name)) {
      throw new OperationInvalidException("domain '" + name + "' is transient");
    }
    int snapshots = new SnapshotView(driver).all(name).size();
    if (snapshots > 0) {
      throw new OperationInvalidException(
          "it has %d snapshot%s, which would stay behind; 'snapshot-delete' removes them"
              .formatted(snapshots, snapshots == 1 ? "" : "s"));
    }
    DomainRecord record = driver.statuses().read(name).orElseThrow();
    DomainDef running = new DefinitionReader(driver).recorded(name, record).domain();
    DomainDef stored = new DefinitionReader(driver).stored(name).domain();
    check(driver, stored, running);
    new CheckpointGate(driver)
        .check(running, CriuOptions.of(running.checkpoint()).and(options), record, "");
    return new Gathering(driver, stored, running).departure();
  }

  private static void check(Driver driver, DomainDef stored, DomainDef running) throws IOException {
    SnapshotScope.check(running);
    SnapshotScope.check(stored);
    if (!LayerInsertion.uppers(stored).equals(LayerInsertion.uppers(running))
        || stored.writtenOverlays().size() != running.writtenOverlays().size()) {
      throw new OperationInvalidException(
          "its definition names other upper directories now than its guest runs from");
    }
    new Dependants(driver).check(stored, "domain '" + stored.name() + "' cannot go");
    LayerStore store = driver.layers();
    for (Path lower : LayerInsertion.directories(running)) {
      if (!store.beneath(lower).layers().isEmpty()) {
        throw new ConfigUnsupportedException(
            "its base '" + lower + "' is an upper directory with layers of its own beneath it");
      }
    }
    for (Filesystem.Overlay overlay : running.writtenOverlays()) {
      if (overlay.chain().options().on(OverlayOptions.Name.INDEX)) {
        throw new ConfigUnsupportedException(
            "what was written with index=on belongs to its filesystem (" + overlay.origin() + ")");
      }
    }
    if (HostTools.find("rsync").isEmpty()) {
      throw new ConfigUnsupportedException("there is no rsync here");
    }
  }

  /** Puts together what goes. */
  private static final class Gathering {
    private final Driver driver;
    private final DomainDef stored;
    private final DomainDef running;
    private final List<Sent> uppers = new ArrayList<>();
    private final List<Sent> layers = new ArrayList<>();

    Gathering(Driver driver, DomainDef stored, DomainDef running) {
      this.driver = driver;
      this.stored = stored;
      this.running = running;
    }

    Departure departure() throws IOException {
      List<Offer.Tree> trees = new ArrayList<>();
      for (Filesystem.Overlay overlay : running.writtenOverlays()) {
        trees.add(tree(overlay, trees.size()));
      }
      UUID uuid = running.uuid().or(stored::uuid).orElseGet(UUID::randomUUID);
      Offer offer =
          new Offer(
              new LayerIds(driver).hex(6, ""),
              running.name(),
              InetAddress.getLocalHost().getHostName() + ":" + driver.layout().root(),
              System.getProperty("os.arch"),
              DomainWriter.write(stored.withIdentity(uuid)),
              DomainWriter.write(running.withIdentity(uuid)),
              Bases.of(driver, running),
              trees);
      return new Departure(offer, uppers, layers);
    }

    private Offer.Tree tree(Filesystem.Overlay overlay, int number) throws IOException {
      Path upper = overlay.chain().upper().orElseThrow().directory();
      uppers.add(new Sent(upper, ArrivalCompiler.upper(number)));
      UpperLayers beneath = driver.layers().beneath(upper);
      int layer = 0;
      for (SealedLayer each : beneath.layers()) {
        layers.add(new Sent(each.path(), ArrivalCompiler.layer(number, layer++)));
      }
      return new Offer.Tree(beneath.layers().size(), beneath.marks());
    }
  }
}
