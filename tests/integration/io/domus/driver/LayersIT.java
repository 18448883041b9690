// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.compiler.CloneOrder;
import io.domus.domain.SealedLayer;
import io.domus.store.LayerStore;
import io.domus.store.UpperRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The layer store: who has what, whether all is there, and what nobody needs. */
class LayersIT {
  private static final CloneOperation.Request LINKED =
      new CloneOperation.Request(
          CloneOrder.Mode.LINKED,
          Optional.empty(),
          Optional.empty(),
          CloneOrder.ImageFilesystem.EXT4,
          Optional.empty(),
          Set.of(),
          false,
          false);

  @RegisterExtension final Site site = new Site();

  @RegisterExtension final Site other = new Site();

  private DomainXml web;
  private String id;

  @BeforeEach
  void cloneOnce() throws IOException {
    Path base = site.tree("base");
    Files.write(site.empty("web/upper").resolve("data"), new byte[300_000]);
    web =
        DomainXml.named("web")
            .device(
                Filesystems.overlay(
                    site.path("web/upper"),
                    site.empty("web/work"),
                    "/",
                    Filesystems.directory(base)));
    site.define(web);
    new CloneOperation(site.driver()).run("web", "b", LINKED);
    id = layers().getFirst().id();
  }

  private List<SealedLayer> layers() throws IOException {
    return site.driver().layers().layers().stream().map(layer -> layer.layer()).toList();
  }

  private List<String> check() {
    return new LayerCheckOperation(site.driver())
        .run().stream()
            .map(finding -> finding.text() + (finding.repaired() ? " REPAIRED" : ""))
            .toList();
  }

  private void assertClean() {
    assertEquals(List.of(), check());
  }

  private PruneOperation.Pruned prune() {
    return new PruneOperation(site.driver()).run();
  }

  @Test
  void whoHasWhat() {
    List<LayerInventory.Entry> all = new LayerInventory(site.driver()).all();
    assertEquals(1, all.size());
    LayerInventory.Entry entry = all.getFirst();
    assertEquals("web", entry.layer().domain());
    assertEquals(List.of("b", "web"), entry.domains());
    assertTrue(entry.bytes() >= 300_000 && entry.bytes() < 400_000, "" + entry.bytes());
    new UndefineOperation(site.driver()).run("web");
    entry = new LayerInventory(site.driver()).all().getFirst();
    assertEquals(List.of("b"), entry.domains());
    assertEquals(List.of(site.path("web/upper")), entry.uppers());
  }

  @Test
  void theTree() throws IOException {
    site.define(
        DomainXml.named("c")
            .device(
                Filesystems.overlay(
                    site.empty("c/upper"),
                    site.empty("c/work"),
                    "/",
                    Filesystems.directory(site.path("base")))));
    site.define(DomainXml.named("base").root(site.path("base")));
    site.define(DomainXml.named("alone").root(site.tree("alone")));
    List<LayerTree.Node> roots = LayerTree.of(site.driver());
    assertEquals(1, roots.size(), "what lies on nothing, with nothing on it, is no tree");
    assertEquals(site.path("base").toString(), roots.getFirst().label());
    assertEquals(
        List.of("base (it is its directory)", "c", layers().getFirst().path().toString()),
        roots.getFirst().children().stream().map(LayerTree.Node::label).toList());
    assertEquals(
        List.of("b", "web"),
        roots.getFirst().children().getLast().children().stream()
            .map(LayerTree.Node::label)
            .toList());
  }

  @Test
  void whatIsNeededStays() throws IOException {
    assertTrue(prune().isNothing());
    new UndefineOperation(site.driver()).run("web");
    new UndefineOperation(site.driver()).run("b");
    assertTrue(prune().isNothing(), "the upper directories may be wanted again");
    delete(site.path("web/upper"));
    PruneOperation.Pruned kept = prune();
    assertTrue(kept.isNothing(), "its filesystem may not be mounted");
    assertEquals(List.of(site.path("web/upper")), kept.missing());
    PruneOperation.Pruned forced = new PruneOperation(site.driver(), true).run();
    assertEquals(List.of(site.path("web/upper")), forced.uppers());
    assertEquals(List.of(), forced.missing());
    assertEquals(1, layers().size());
    site.define(
        DomainXml.named("hand")
            .device(Filesystems.overlay("/", Filesystems.directory(layers().getFirst().path()))));
    Files.createDirectories(site.layout().storage().resolve("other"));
    delete(site.layout().storage().resolve("b"));
    PruneOperation.Pruned pruned = prune();
    assertEquals(1, pruned.uppers().size());
    assertEquals(0, pruned.layers().size(), "a definition names it");
    new UndefineOperation(site.driver()).run("hand");
    PruneOperation.Pruned rehearsed = new PruneOperation(site.driver()).rehearse();
    assertEquals(1, rehearsed.layers().size());
    assertTrue(Files.exists(site.layout().layer(id)));
    assertEquals(1, prune().layers().size());
    assertFalse(Files.exists(site.layout().layer(id)));
    assertTrue(prune().isNothing());
    assertClean();
  }

  private static void delete(Path tree) throws IOException {
    try {
      Host.run("rm", "-rf", tree.toString());
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A guest of another root, whose definition nobody here sees. */
  @Test
  void aRunningGuestElsewhereKeepsALayer() throws IOException {
    Path layer = layers().getFirst().path();
    other.start(
        DomainXml.named("foreign")
            .device(
                Filesystems.overlay(
                    other.empty("upper"),
                    other.empty("work"),
                    "/",
                    Filesystems.directory(layer),
                    Filesystems.directory(site.path("base")))));
    new UndefineOperation(site.driver()).runWithStorage("web");
    new UndefineOperation(site.driver()).runWithStorage("b");
    assertTrue(prune().isNothing());
    assertTrue(Files.exists(layer));
    other.destroy("foreign");
    assertEquals(1, prune().layers().size());
    assertFalse(Files.exists(layer));
  }

  @Test
  void cleanAfterEverything() throws Exception {
    assertClean();
    site.start("b");
    assertClean();
    site.destroy("b");
    new UndefineOperation(site.driver()).runWithStorage("b");
    assertClean();
    new FlattenOperation(site.driver()).run("web", false);
    assertClean();
    new UndefineOperation(site.driver()).runWithStorage("web");
    assertClean();
    assertFalse(Files.exists(site.layout().layer(id)));
  }

  @Test
  void whatIsMissingIsTold() throws IOException {
    SealedLayer layer = layers().getFirst();
    Path aside = site.path("aside");
    Files.move(layer.path(), aside);
    List<String> findings = check();
    assertEquals(3, findings.size(), findings::toString);
    assertTrue(
        findings.contains(
            "layer " + id + " has a description, but no content, which domains 'b' and 'web' need"),
        findings::toString);
    assertTrue(
        findings.contains(
            "layer %s beneath '%s' of domain 'web' is missing: %s"
                .formatted(id, site.path("web/upper"), layer.path())),
        findings::toString);
    Files.move(aside, layer.path());
    assertClean();
    Files.move(site.path("web/upper"), aside);
    assertEquals(
        List.of(
            "'"
                + site.path("web/upper")
                + "' of domain 'web', beneath which layers were sealed, is gone"),
        check());
    Files.move(aside, site.path("web/upper"));
    site.define(
        DomainXml.named("hand")
            .device(Filesystems.overlay("/", Filesystems.directory(site.path("nolayer")))));
    assertEquals(
        List.of("layer '" + site.path("nolayer") + "' of domain 'hand' is missing"), check());
  }

  /** The records of those that lie on it say what it is. */
  @Test
  void whatIsNamedIsDescribedAnew() throws IOException {
    SealedLayer layer = layers().getFirst();
    delete(site.layout().layer(id).resolve("layer.json"));
    String finding = "layer " + id + " has no description, which domains 'b' and 'web' need";
    assertEquals(List.of(finding + " REPAIRED"), check());
    assertClean();
    assertEquals(List.of(layer), layers());
    assertEquals(List.of("b", "web"), new LayerInventory(site.driver()).all().getFirst().domains());
  }

  /** It is certain that nobody wants it. */
  @Test
  void whatCrashesLeaveIsRemoved() throws IOException {
    Path trash = site.empty("web/.domus-removed-0123456789ab-1");
    Files.writeString(trash.resolve("x"), "x");
    Path layer = Files.createDirectories(site.layout().layer("00112233aabb"));
    Files.writeString(
        layer.resolve("layer.json"),
        "{\"id\":\"00112233aabb\",\"path\":\"%s\",\"domain\":\"x\",\"created\":\"2026-01-01T00:00:00Z\"}"
            .formatted(layer.resolve("diff")));
    Files.createDirectories(site.layout().layer("445566778899"));
    List<String> findings = check();
    assertEquals(
        List.of(
            "layer 00112233aabb has a description, but no content REPAIRED",
            "layer 445566778899 is an empty directory REPAIRED",
            trash + " was to be deleted REPAIRED"),
        findings);
    assertFalse(Files.exists(trash));
    assertFalse(Files.exists(layer));
    assertClean();
    Path stray = site.empty("web/.domus-layers/ffeeddccbbaa/diff").getParent();
    assertEquals(List.of(stray + " is described by no layer"), check());
    assertTrue(Files.exists(stray));
  }

  @Test
  void pruneKilledAtAnyStep() throws Exception {
    int status = Victim.KILLED;
    for (int step = 1; status == Victim.KILLED; step++) {
      UpperRecord record = site.driver().layers().find(site.path("web/upper")).orElseThrow();
      SealedLayer extra =
          new SealedLayer(
              "0000000000" + (10 + step),
              site.layout().layer("0000000000" + (10 + step)).resolve("diff"));
      Files.createDirectories(extra.path());
      Files.writeString(
          LayerStore.description(site.layout(), extra.id()),
          new io.domus.store.StoredLayer(extra, "x", java.time.Instant.EPOCH).json());
      try (Victim victim = new Victim(site, "web")) {
        victim.begin("prune", step);
        status = victim.await();
      }
      assertEquals(Optional.of(record), site.driver().layers().find(site.path("web/upper")));
      assertClean();
      prune();
      assertFalse(Files.exists(site.layout().layer(extra.id())));
      assertEquals(1, layers().size());
    }
  }
}
