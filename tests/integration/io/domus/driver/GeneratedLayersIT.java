// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.plan.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random layers nested in random shapes show the guest the same tree that copying them upon one
 * another gives. Inner overlays are the lowest of their lists: with layers beneath it, what an
 * inner overlay hides is another tree, and {@link NestedViewIT}'s matter.
 */
class GeneratedLayersIT {
  private static final int CASES = 30;

  @RegisterExtension final Site site = new Site();

  private final List<Path> layers = new ArrayList<>();
  private Random random;
  private int works;

  static IntStream seeds() {
    return IntStream.range(0, CASES);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void showsWhatCopyingWouldGive(int seed) throws IOException {
    random = new Random(seed);
    layers.add(site.tree("base"));
    TreeView expected = TreeView.of(layers.getFirst());
    for (int number = 3 + random.nextInt(4); number > 0; number--) {
      Path layer = site.empty("layer" + layers.size());
      new LayerGenerator(random, layer, expected).fill();
      expected = expected.under(TreeView.of(layer));
      layers.add(layer);
    }
    String stores = stores(layers.subList(0, layers.size() - 1), true);
    DomainXml xml =
        DomainXml.named("random")
            .device(Filesystems.overlay(layers.getLast(), work(), "/", stores));
    assertEquals(Strategy.Kind.FLAT, plan(xml).rootfs());
    site.start(xml);
    TreeView seen = TreeView.of(site.guest("random", "/"));
    assertEquals(List.of(), expected.differences(seen), () -> "expected | seen, of " + xml.text());
  }

  private Strategy plan(DomainXml xml) {
    Definition definition = new DefinitionReader(site.driver()).parse("random.xml", xml.bytes());
    return new PlanOperation(site.driver()).start(definition.domain()).strategy();
  }

  /** Stores for these layers, the last of which is the topmost, in some shape. */
  private String stores(List<Path> segment, boolean lowest) throws IOException {
    StringBuilder stores = new StringBuilder();
    int top = segment.size();
    while (top > 0) {
      int bottom = random.nextInt(top);
      stores.append(store(segment.subList(bottom, top), lowest && bottom == 0));
      top = bottom;
    }
    return stores.toString();
  }

  /** One store for these layers. */
  private String store(List<Path> segment, boolean lowest) throws IOException {
    Path top = segment.getLast();
    List<Path> rest = segment.subList(0, segment.size() - 1);
    if (rest.isEmpty()) {
      return Filesystems.directory(top);
    }
    return switch (lowest ? random.nextInt(3) : 0) {
      case 0 -> Filesystems.directory(top, store(rest, lowest));
      case 1 -> Filesystems.inner(stores(segment, true));
      default -> Filesystems.inner(top, work(), stores(rest, true));
    };
  }

  private Path work() throws IOException {
    works++;
    return site.empty("work" + works);
  }
}
