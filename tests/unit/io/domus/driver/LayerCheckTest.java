// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.SealedLayer;
import io.domus.domain.UpperLayers;
import io.domus.store.LayerStore;
import io.domus.store.StoredLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers whose descriptions are lost. */
class LayerCheckTest {
  private static final String ID = "0123456789ab";
  private static final Instant SEALED = Instant.parse("2026-11-01T12:00:00Z");

  @TempDir private Path directory;
  private StoredRoot root;

  @BeforeEach
  void make() throws IOException {
    root = new StoredRoot(directory);
    root.empty("base");
    for (String name : List.of("a", "web")) {
      root.define(name, root.overlay(name, root.layer("base")));
    }
  }

  /** Of the layer of both, whose description is an empty directory. */
  private SealedLayer lose(Path content) throws IOException {
    SealedLayer layer = new SealedLayer(ID, content);
    for (String name : List.of("a", "web")) {
      root.record(
          root.path(name + "/upper"), UpperLayers.NONE.under(layer, UpperLayers.Marks.NONE));
    }
    Files.createDirectories(root.layout().layer(ID));
    return layer;
  }

  private List<String> check() {
    return new LayerCheckOperation(root.driver())
        .run().stream()
            .map(finding -> finding.text() + finding.repair().map(": "::concat).orElse(""))
            .toList();
  }

  @Test
  void besideAnUpperDirectory() throws IOException {
    Path content = LayerStore.contentBeside(root.path("web/upper"), ID);
    SealedLayer layer = lose(Files.createDirectories(content));
    Files.setLastModifiedTime(content, FileTime.from(SEALED));
    assertEquals(
        List.of(
            "layer "
                + ID
                + " has no description, which domains 'a' and 'web' need: described anew"),
        check());
    assertEquals(List.of(), check());
    assertEquals(List.of(new StoredLayer(layer, "web", SEALED)), root.driver().layers().layers());
  }

  @Test
  void anImage() throws IOException {
    Path image = root.empty("web/.domus-layers/" + ID).resolve(LayerStore.IMAGE);
    SealedLayer layer = lose(Files.createFile(image));
    Files.setLastModifiedTime(image, FileTime.from(SEALED));
    assertEquals(1, check().size());
    assertEquals(
        List.of(new StoredLayer(layer, "web", SEALED, Optional.of("qcow2"))),
        root.driver().layers().layers());
  }

  /** What a record names is never removed, nor what is described in its stead. */
  @Test
  void withoutContent() throws IOException {
    Path content = LayerStore.contentBeside(root.path("web/upper"), ID);
    lose(content);
    List<String> findings = check();
    assertEquals(
        "layer " + ID + " has no description, which domains 'a' and 'web' need",
        findings.getFirst());
    assertEquals(3, findings.size(), findings::toString);
    assertTrue(Files.exists(root.layout().layer(ID)));
    assertFalse(Files.exists(LayerStore.description(root.layout(), ID)));
    Path elsewhere = root.path("elsewhere/" + ID + "/diff");
    root.driver().layers().describe(new StoredLayer(new SealedLayer(ID, elsewhere), "web", SEALED));
    assertTrue(check().contains("layer " + ID + " has a description, but no content"));
    assertTrue(Files.exists(LayerStore.description(root.layout(), ID)));
  }
}
