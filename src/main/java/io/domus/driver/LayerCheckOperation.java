// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.PruneCompiler;
import io.domus.compiler.Removal;
import io.domus.compiler.Trash;
import io.domus.domain.HostUse;
import io.domus.domain.OperationFailedException;
import io.domus.domain.ResourceBusyException;
import io.domus.domain.SealedLayer;
import io.domus.executor.StepFailedException;
import io.domus.store.DomainLock;
import io.domus.store.LayerStore;
import io.domus.store.OperationJournal;
import io.domus.store.SnapshotStore;
import io.domus.store.StateLayout;
import io.domus.store.StoredLayer;
import io.domus.store.UpperIndex;
import io.domus.store.UpperRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Proves the layer store: all that is named is there, and all that is there is named. What a crash
 * left and nobody can want any more is removed, a description that was lost is written anew, what
 * is in doubt is only told.
 */
public final class LayerCheckOperation {
  private final Driver driver;
  private final StateLayout layout;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Removal> removals = new ArrayList<>();
  private final List<Path> leftovers = new ArrayList<>();

  public LayerCheckOperation(Driver driver) {
    this.driver = driver;
    this.layout = driver.layout();
  }

  /**
   * Something that should not be so.
   *
   * @param repair what was done so that it is not so any more; empty if nothing was
   */
  public record Finding(String text, Optional<String> repair) {
    public boolean repaired() {
      return repair.isPresent();
    }
  }

  public List<Finding> run() {
    new OperationRecovery(driver).tidy();
    try (DomainLock _ = PruneOperation.lock(driver, "cannot check the layer store")) {
      // Whoever changes storage shares that lock: none of these is at work.
      List<String> stuck = OperationJournal.begun(layout.operations());
      stuck.forEach(name -> tell("the interrupted operation '" + name + "' cannot be settled"));
      UseIndex index = UseIndex.look(driver);
      UpperIndex uppers = UpperIndex.read(driver.layers(), driver.syscalls());
      LayerUsers users = LayerUsers.of(driver, index, uppers);
      Map<String, StoredLayer> described = new HashMap<>();
      driver.layers().layers().forEach(layer -> described.put(layer.layer().id(), layer));
      LostDescriptions lost = new LostDescriptions(users, described.keySet());
      describe(lost, described, users);
      store(described, lost, users);
      records(users);
      definitions(index);
      places(index, uppers, described, users, stuck.isEmpty());
      repair();
      return List.copyOf(findings);
    } catch (ResourceBusyException busy) {
      throw busy;
    } catch (IOException | StepFailedException failure) {
      throw new OperationFailedException(
          "cannot check the layer store: " + failure.getMessage(), failure);
    }
  }

  private void tell(String text) {
    findings.add(new Finding(text, Optional.empty()));
  }

  private void removed(String text) {
    findings.add(new Finding(text, Optional.of("removed")));
  }

  /** Adds those whose content is still there to those that are described. */
  private void describe(LostDescriptions lost, Map<String, StoredLayer> described, LayerUsers users)
      throws IOException {
    for (SealedLayer layer : lost.layers()) {
      String text = "layer " + layer.id() + " has no description" + neededBy(layer, users);
      if (!Files.exists(layer.path())) {
        // That it is missing is said of the records.
        tell(text);
        continue;
      }
      StoredLayer description = lost.description(layer);
      driver.layers().describe(description);
      described.put(layer.id(), description);
      findings.add(new Finding(text, Optional.of("described anew")));
    }
  }

  /** {@code , which domains 'a' and 'b' need}. */
  private static String neededBy(SealedLayer layer, LayerUsers users) {
    List<String> names = users.domains(layer).stream().map(name -> "'" + name + "'").toList();
    return switch (names.size()) {
      case 0 -> "";
      case 1 -> ", which domain " + names.getFirst() + " needs";
      default ->
          ", which domains "
              + String.join(", ", names.subList(0, names.size() - 1))
              + " and "
              + names.getLast()
              + " need";
    };
  }

  private void store(Map<String, StoredLayer> described, LostDescriptions lost, LayerUsers users)
      throws IOException {
    for (Path directory : list(layout.layers())) {
      String name = directory.getFileName().toString();
      if (!SealedLayer.isId(name)) {
        if (!Trash.isTrash(directory)) {
          tell(directory + " is no layer");
        }
        continue;
      }
      StoredLayer layer = described.get(name);
      if (layer == null) {
        if (!lost.contains(name)) {
          undescribed(directory, users);
        }
      } else if (!Files.exists(layer.layer().path())) {
        withoutContent(layer, users);
      }
    }
  }

  /** Its content may be somebody's all the same. */
  private void undescribed(Path directory, LayerUsers users) throws IOException {
    String id = directory.getFileName().toString();
    if (list(directory).isEmpty()) {
      removed("layer " + id + " is an empty directory");
      removals.add(Removal.of(directory, Removal.Kind.TREE, "an empty layer"));
    } else {
      SealedLayer layer = new SealedLayer(id, LayerStore.content(layout, id));
      tell("layer " + id + " has no description" + neededBy(layer, users));
    }
  }

  private void withoutContent(StoredLayer layer, LayerUsers users) {
    String text = "layer " + layer.layer().id() + " has a description, but no content";
    boolean needed =
        !users.domains(layer.layer()).isEmpty()
            || users.records().keySet().stream()
                .flatMap(record -> record.layers().layers().stream())
                .anyMatch(named -> named.id().equals(layer.layer().id()));
    if (!needed) {
      removed(text);
      removals.add(
          Removal.of(
              layout.layer(layer.layer().id()), Removal.Kind.TREE, "a layer without content"));
    } else {
      tell(text + neededBy(layer.layer(), users));
    }
  }

  private void records(LayerUsers users) {
    users
        .records()
        .forEach(
            (record, domains) -> {
              String of = domains.isEmpty() ? "" : " of domain '" + domains.first() + "'";
              for (SealedLayer layer : record.layers().layers()) {
                if (!Files.exists(layer.path())) {
                  tell(
                      "layer %s beneath '%s'%s is missing: %s"
                          .formatted(layer.id(), record.upper(), of, layer.path()));
                }
              }
              if (Files.notExists(record.upper())) {
                tell(
                    domains.isEmpty()
                        ? "'%s', beneath which layers were sealed, is gone"
                            .formatted(record.upper())
                        : "'%s'%s, beneath which layers were sealed, is gone"
                            .formatted(record.upper(), of));
              }
            });
  }

  private void definitions(UseIndex index) {
    for (String domain : index.names()) {
      for (HostUse use : index.uses(domain)) {
        if (use.relies() && Files.notExists(use.path())) {
          tell("layer '" + use.path() + "' of domain '" + domain + "' is missing");
        }
      }
    }
  }

  /** Where operations put things aside, and layers that cannot lie in the store. */
  private void places(
      UseIndex index,
      UpperIndex uppers,
      Map<String, StoredLayer> described,
      LayerUsers users,
      boolean settled)
      throws IOException {
    Set<Path> places = new TreeSet<>();
    places.addAll(List.of(layout.layers(), layout.uppers(), layout.storage()));
    places.add(layout.definitions());
    places.add(layout.checkpoints());
    for (String domain : new SnapshotStore(layout).domains()) {
      places.add(layout.checkpoints(domain));
    }
    for (String domain : index.names()) {
      places.add(layout.variable(domain));
      for (HostUse use : index.uses(domain)) {
        if (use.writes() && use.path().getParent() != null) {
          places.add(use.path().getParent());
        }
      }
    }
    Set<Path> beside = new TreeSet<>();
    for (UpperRecord record : uppers.records()) {
      places.add(record.upper().getParent());
    }
    places.forEach(place -> beside.add(LayerStore.beside(place)));
    for (StoredLayer layer : described.values()) {
      if (LayerStore.isBeside(layer.layer())) {
        beside.add(layer.layer().path().getParent().getParent());
      }
    }
    for (Path place : beside) {
      besides(place, described, users);
    }
    places.addAll(beside);
    for (Path place : places) {
      for (Path entry : list(place)) {
        if (Trash.isTrash(entry)) {
          trash(entry, settled);
        }
      }
    }
  }

  /** Without the operation's journal nobody deletes it any more, and nobody takes it back. */
  private void trash(Path entry, boolean settled) {
    if (settled) {
      removed(entry + " was to be deleted");
      leftovers.add(entry);
    } else {
      tell(entry + " is to be deleted or put back by an operation that cannot be settled");
    }
  }

  private void besides(Path place, Map<String, StoredLayer> described, LayerUsers users)
      throws IOException {
    for (Path entry : list(place)) {
      String name = entry.getFileName().toString();
      Optional<StoredLayer> layer = Optional.ofNullable(described.get(name));
      boolean known =
          layer.filter(found -> found.layer().path().getParent().equals(entry)).isPresent();
      if (!known && !Trash.isTrash(entry)) {
        String needed =
            SealedLayer.isId(name)
                ? neededBy(new SealedLayer(name, LayerStore.content(entry)), users)
                : "";
        tell(entry + " is described by no layer" + needed);
      }
    }
  }

  private void repair() throws IOException, StepFailedException {
    if (!removals.isEmpty() || !leftovers.isEmpty()) {
      new StorageSequence(driver)
          .run(
              PruneCompiler.compile(
                  PruneOperation.STORE, new LayerIds(driver).hex(6, ""), removals, leftovers),
              PruneOperation.STORE,
              List.of(PruneOperation.STORE));
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }
}
