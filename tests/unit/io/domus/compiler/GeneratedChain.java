// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.BackingStore;
import io.domus.domain.Capability;
import io.domus.domain.ImageFormat;
import io.domus.domain.Origin;
import io.domus.domain.OverlayChain;
import io.domus.domain.OverlayOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A chain of layers, nested to any depth, with facts about its directories; always the same for one
 * seed.
 */
final class GeneratedChain {
  private static final int DEEPEST = 5;

  private final SplittableRandom random;
  private final Map<Path, SourceFacts> sources = new HashMap<>();
  private final Map<Path, LayerFacts> layers = new HashMap<>();
  private final int marked;

  /** Most overlays of a chain read the same marks. */
  private final boolean userxattr;

  private int number;

  /**
   * @param marked in percent, how many layers have a mark
   */
  private GeneratedChain(long seed, int marked) {
    this.random = new SplittableRandom(seed);
    this.marked = marked;
    this.userxattr = percent(20);
  }

  /** A chain and the host it is for. */
  record Sample(OverlayChain chain, HostFacts facts) {}

  static Sample of(long seed) {
    // Few marks in most, so that flat chains are among them; none at all in some.
    GeneratedChain generated =
        new GeneratedChain(seed, List.of(0, 2, 2, 10, 30).get((int) (seed % 5)));
    OverlayChain chain = generated.chain(0);
    return new Sample(chain, generated.facts());
  }

  private HostFacts facts() {
    return new HostFacts(
        new ToolFacts(Path.of("/r"), Path.of("/m"), Path.of("/s"), Path.of("/e"), List.of()),
        false,
        true,
        List.of(),
        HostFacts.Qcow.NONE,
        List.of(),
        1,
        Set.of(Capability.values()),
        sources,
        layers,
        Map.of(),
        Optional.of(new HostFacts.GuestIds(0, 0)));
  }

  private boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  private Origin origin() {
    return new Origin("generated.xml", number + 1, 1, "backingStore");
  }

  private Path directory(String role) {
    number++;
    Path path = Path.of("/" + role + number);
    sources.put(path, new SourceFacts(SourceFacts.Kind.DIRECTORY, percent(2)));
    layers.put(path, new LayerFacts(true, mark(), mark(), mark(), mark(), mark()));
    return path;
  }

  private boolean mark() {
    return percent(marked) && percent(50);
  }

  private OverlayChain chain(int depth) {
    Optional<OverlayChain.Upper> upper = Optional.empty();
    if (depth == 0 || percent(80)) {
      Origin origin = origin();
      upper = Optional.of(new OverlayChain.Upper(directory("upper"), directory("work"), origin));
    }
    List<BackingStore> lowers = new ArrayList<>();
    int count = percent(3) ? random.nextInt(100, 320) : random.nextInt(1, 5);
    for (int index = 0; index < count; index++) {
      lowers.add(store(depth, count));
    }
    return new OverlayChain(upper, lowers, options(depth));
  }

  private BackingStore store(int depth, int siblings) {
    if (depth < DEEPEST && percent(siblings > 4 ? 1 : 45)) {
      Origin origin = origin();
      return new BackingStore.Overlay(chain(depth + 1), Optional.empty(), origin);
    }
    if (percent(4)) {
      Path image = directory("image");
      sources.put(image, new SourceFacts(SourceFacts.Kind.FILE, false));
      return new BackingStore.Image(
          image, ImageFormat.RAW, Optional.empty(), Optional.empty(), origin());
    }
    return new BackingStore.Directory(directory("lower"), origin());
  }

  /** Never what the kernel refuses together. */
  private OverlayOptions options(int depth) {
    Map<String, String> options = new TreeMap<>();
    if (userxattr != (depth > 0 && percent(marked) && percent(20))) {
      options.put("userxattr", "on");
      return new OverlayOptions(new TreeMap<>(options));
    }
    if (percent(marked)) {
      options.put("redirect_dir", List.of("on", "follow", "nofollow").get(random.nextInt(3)));
    } else if (percent(marked)) {
      options.put("metacopy", percent(50) ? "on" : "off");
    }
    if (percent(10)) {
      options.put("index", "on");
    }
    return new OverlayOptions(new TreeMap<>(options));
  }
}
