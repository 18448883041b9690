// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.Origin;
import io.domus.domain.SnapshotDef;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Snapshots that keep the rules but are otherwise as odd as they may be: one per seed. */
final class GeneratedSnapshots {
  private static final String DOMAIN =
      "<domain type='lxc'>\n"
          + "    <x:y xmlns:x='urn:x' z='&lt;'>&amp;\n"
          + "  </x:y><disk/><disk/></domain>";

  private final SplittableRandom random;

  private GeneratedSnapshots(long seed) {
    random = new SplittableRandom(seed);
  }

  static SnapshotDef snapshot(long seed) {
    return new GeneratedSnapshots(seed).snapshot();
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private SnapshotDef snapshot() {
    SnapshotDef.State[] states = SnapshotDef.State.values();
    SnapshotDef.State state = states[random.nextInt(states.length)];
    OddText texts = new OddText(random);
    return new SnapshotDef(
        maybe(() -> "a <&'\"> b"),
        maybe(texts::text),
        maybe(() -> Instant.ofEpochSecond(random.nextLong(253_402_300_800L))),
        maybe(() -> state),
        maybe(() -> "earlier"),
        maybe(() -> memory(state.isLive())),
        maybe(random::nextBoolean),
        maybe(() -> DOMAIN),
        maybe(() -> "<inactiveDomain/>"),
        Origin.NONE);
  }

  private SnapshotDef.Memory memory(boolean live) {
    return switch (live ? random.nextInt(3) : 0) {
      case 0 -> new SnapshotDef.Memory.None();
      case 1 -> new SnapshotDef.Memory.Internal();
      default -> new SnapshotDef.Memory.External("/m 'x'");
    };
  }
}
