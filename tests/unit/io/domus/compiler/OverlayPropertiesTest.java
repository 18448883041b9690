// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.BackingStore;
import io.domus.domain.OverlayChain;
import io.domus.domain.OverlayOptions;
import io.domus.domain.OverlayOptions.Name;
import io.domus.plan.MountFlags;
import io.domus.plan.MountSpec;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.Strategy;
import io.domus.store.StateLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of the plans for overlays, over generated chains of layers. */
class OverlayPropertiesTest {
  private static final int SAMPLES = 2000;

  private static final Path ROOT = new StateLayout(Path.of("/")).domain("web").rootfs();

  private static Draft compiled(GeneratedChain.Sample sample) {
    Draft draft = new Draft(sample.facts(), new StateLayout(Path.of("/")).domain("web"));
    new OverlayCompiler(draft).mount(sample.chain(), MountFlags.NONE, ROOT, Note.of("root"));
    return draft;
  }

  /** Seeds in blocks, so that a report is short and a failure still names its seed. */
  static Stream<Long> blocks() {
    return LongStream.range(0, SAMPLES / 100).boxed();
  }

  private interface Law {
    void check(GeneratedChain.Sample sample, Draft draft, String seed);
  }

  private static void forAll(long block, Law law) {
    for (long seed = block * 100; seed < (block + 1) * 100; seed++) {
      GeneratedChain.Sample sample = GeneratedChain.of(seed);
      law.check(sample, compiled(sample), "seed " + seed);
    }
  }

  /** Carried out on paper, which also refuses what the kernel refuses: depth and count. */
  @ParameterizedTest
  @MethodSource("blocks")
  void layersStandInTheDocumentsOrder(long block) {
    forAll(
        block,
        (sample, draft, seed) ->
            assertEquals(
                documented(sample.chain()),
                named(MountedPlan.of(draft.steps(), sample.facts()).layers(ROOT), draft),
                seed));
  }

  /** The upper, then each lower, an inner overlay in the place where it is named. */
  private static List<Path> documented(OverlayChain chain) {
    List<Path> layers = new ArrayList<>();
    chain.upper().ifPresent(upper -> layers.add(upper.directory()));
    for (BackingStore store : chain.lowers()) {
      switch (store) {
        case BackingStore.Directory directory -> layers.add(directory.path());
        case BackingStore.Image image -> layers.add(image.file());
        case BackingStore.Block device -> layers.add(device.device());
        case BackingStore.Overlay inner -> layers.addAll(documented(inner.chain()));
      }
    }
    return layers;
  }

  /** The image that a loop device shows. */
  private static List<Path> named(List<Path> layers, Draft draft) {
    Map<Path, Path> images = new java.util.HashMap<>();
    for (Step step : draft.steps()) {
      if (step instanceof Step.AttachLoop attach) {
        images.put(attach.link(), attach.image());
      }
    }
    return layers.stream().map(layer -> images.getOrDefault(layer, layer)).toList();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void flatExactlyWhereNothingSpeaksAgainstIt(long block) {
    forAll(
        block,
        (sample, draft, seed) -> {
          boolean fits = documented(sample.chain()).size() - 1 <= LowerLimit.MOST_LOWERS;
          assertEquals(
              fits && keepsMeaning(sample.chain(), sample.facts()),
              draft.strategy().rootfs() == Strategy.Kind.FLAT,
              seed);
        });
  }

  /** The conditions, as they are written down: of every inner overlay and its outer one. */
  private static boolean keepsMeaning(OverlayChain outer, HostFacts facts) {
    for (BackingStore store : outer.lowers()) {
      if (!(store instanceof BackingStore.Overlay inner)) {
        continue;
      }
      boolean lowest = store.equals(outer.lowers().getLast());
      if (outer.options().on(Name.USERXATTR) != inner.chain().options().on(Name.USERXATTR)
          || !keepsMeaning(inner.chain(), facts)) {
        return false;
      }
      for (Path layer : documented(inner.chain())) {
        if (!keepsMeaning(outer.options(), facts, layer, lowest)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean keepsMeaning(
      OverlayOptions outer, HostFacts facts, Path layer, boolean lowest) {
    if (facts.source(layer).kind() == SourceFacts.Kind.FILE) {
      return lowest;
    }
    LayerFacts marks = facts.layer(layer);
    String redirect = outer.value(Name.REDIRECT_DIR, "");
    boolean user = outer.on(Name.USERXATTR);
    boolean follows = !user && !redirect.equals("nofollow");
    boolean reads =
        !user
            && !outer.value(Name.METACOPY, "").equals("off")
            && (redirect.isEmpty() || redirect.equals("on"));
    return !marks.opaqueRoot()
        && !marks.escaped()
        && (!marks.redirect() || follows)
        && (!marks.metacopy() || reads)
        && (!marks.hides() || lowest);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void strategiesAreWhatTheStepsDo(long block) {
    forAll(
        block,
        (sample, draft, seed) -> {
          int overlays = MountedPlan.of(draft.steps(), sample.facts()).overlays().size();
          boolean copies = draft.steps().stream().anyMatch(Step.CopyTree.class::isInstance);
          Strategy.Kind kind = draft.strategy().rootfs();
          assertEquals(overlays > 1, kind != Strategy.Kind.FLAT, seed);
          assertEquals(copies, kind == Strategy.Kind.MATERIALISE, seed);
          assertTrue(overlays == 1 || !draft.strategy().why().isEmpty(), seed);
        });
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void optionsAreExplicitAndWhatTheKernelTakes(long block) {
    forAll(
        block,
        (sample, draft, seed) -> {
          for (MountSpec.Overlay overlay :
              MountedPlan.of(draft.steps(), sample.facts()).overlays()) {
            Map<String, String> options = overlay.options();
            assertTrue(
                options
                    .keySet()
                    .containsAll(
                        List.of("redirect_dir", "metacopy", "index", "nfs_export", "xino")),
                seed);
            String redirect = options.get("redirect_dir");
            boolean writable = overlay.writable().isPresent();
            boolean copies = options.get("metacopy").equals("on");
            assertTrue(
                !copies || redirect.equals("on") || (!writable && redirect.equals("follow")), seed);
            assertTrue(
                !options.containsKey("userxattr") || (!copies && redirect.equals("nofollow")),
                seed);
            assertEquals(!writable, overlay.flags().readonly(), seed);
          }
        });
  }

  /** Metadata-only files are read wherever their layer is listed and the definition allows it. */
  @ParameterizedTest
  @MethodSource("blocks")
  void metadataOnlyFilesAreRead(long block) {
    forAll(
        block,
        (sample, draft, seed) -> {
          MountSpec.Overlay outermost =
              MountedPlan.of(draft.steps(), sample.facts()).overlays().getLast();
          boolean inner =
              outermost.lowers().stream()
                  .filter(lower -> !isDirect(sample.chain(), lower))
                  .anyMatch(lower -> sample.facts().layer(lower).metacopy());
          assertTrue(!inner || outermost.options().get("metacopy").equals("on"), seed);
        });
  }

  private static boolean isDirect(OverlayChain chain, Path lower) {
    return chain.lowers().stream()
        .anyMatch(store -> store instanceof BackingStore.Directory own && own.path().equals(lower));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void theSameChainGivesTheSamePlan(long block) {
    forAll(
        block,
        (sample, draft, seed) -> assertEquals(draft.steps(), compiled(sample).steps(), seed));
  }

  /** Samples that never reach a strategy would prove nothing of it. */
  @Test
  void allStrategiesAreAmongTheSamples() {
    Map<Strategy.Kind, Integer> counts = new EnumMap<>(Strategy.Kind.class);
    for (long seed = 0; seed < SAMPLES; seed++) {
      counts.merge(compiled(GeneratedChain.of(seed)).strategy().rootfs(), 1, Integer::sum);
    }
    for (Strategy.Kind kind : Strategy.Kind.values()) {
      assertTrue(counts.getOrDefault(kind, 0) >= SAMPLES / 50, counts::toString);
    }
  }
}
