// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.BackingStore;
import io.domus.domain.Filesystem;
import io.domus.domain.OverlayChain;
import io.domus.domain.OverlayOptions;
import io.domus.domain.StorageKind;
import io.domus.plan.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A copy as the only layer, and an upper directory over it. */
record OverlayBackend() implements Backend {
  @Override
  public StorageKind kind() {
    return StorageKind.OVERLAY;
  }

  @Override
  public boolean sized() {
    return false;
  }

  @Override
  public void check(StorageFacts facts) {
    facts.requireUppers();
  }

  @Override
  public Path create(Draft draft, Volume volume) {
    // The copy makes it.
    return mount(draft, volume);
  }

  @Override
  public Path mount(Draft draft, Volume volume) {
    return base(volume);
  }

  /** The root of the merged tree has the owner and mode of the upper directory. */
  @Override
  public void complete(Draft draft, Volume volume) {
    OverlayChain.Upper upper = upper(volume);
    draft.add(new Step.MakeDirectoryLike(upper.directory(), base(volume), volume.note()));
    draft.add(new Step.MakeDirectory(upper.work(), 0700, volume.note()));
  }

  @Override
  public Filesystem filesystem(Filesystem.Place place, Volume volume) {
    BackingStore base = new BackingStore.Directory(base(volume), place.origin());
    return new Filesystem.Overlay(
        place, new OverlayChain(Optional.of(upper(volume)), List.of(base), OverlayOptions.NONE));
  }

  private static OverlayChain.Upper upper(Volume volume) {
    return new OverlayChain.Upper(
        volume.path("upper"), volume.path("work"), volume.note().origin());
  }

  private static Path base(Volume volume) {
    return volume.path("base");
  }
}
