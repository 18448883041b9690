// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.xml.bind.FilesystemBean;
import io.domus.xml.bind.LayeredBean;
import io.domus.xml.bind.SourceBean;
import java.util.List;
import java.util.Optional;

/** Rules for overlays: their writable layer and how many lowers they have. */
final class OverlayRules {
  /** Beyond it the line in mountinfo may exceed a page, which CRIU cannot read. */
  static final int MANY_LOWERS = 140;

  private final Faults faults;
  private final PathRules paths;
  private final SourceRules sources;
  private final OverlayOptionRules options;
  private final LayerDirectories directories;
  private final StoreRules stores;

  OverlayRules(Faults faults) {
    this.faults = faults;
    this.paths = new PathRules(faults);
    this.sources = new SourceRules(faults);
    this.options = new OverlayOptionRules(faults);
    this.directories = new LayerDirectories(faults);
    this.stores = new StoreRules(faults, directories, this::overlay);
  }

  void check(FilesystemBean filesystem) {
    directories.next();
    stores.next();
    overlay(filesystem);
    boolean writable = filesystem.readonly == null && !filesystem.incomplete;
    if (filesystem.sources.isEmpty() && writable) {
      faults.error(
          "overlay.source-count",
          Faults.of(filesystem),
          "an overlay needs two <source>, upper and work directory, or none and <readonly/>");
    }
    if (stores.lowers() > MANY_LOWERS && !stores.tooMany()) {
      faults.warning(
          "overlay.many-lowers",
          Faults.of(filesystem),
          "%d lower layers: with more than %d a checkpoint may fail"
              .formatted(stores.lowers(), MANY_LOWERS));
    }
  }

  /** Of a filesystem or a store. */
  private void overlay(LayeredBean overlay) {
    if (overlay.sources.size() == 2) {
      SourceBean upper = overlay.sources.getFirst();
      SourceBean work = overlay.sources.getLast();
      boolean both = isDirectory(upper);
      both &= isDirectory(work);
      if (both) {
        directories.upper(upper, work);
      }
    } else if (!overlay.sources.isEmpty() && !overlay.incomplete) {
      int culprit = overlay.sources.size() == 1 ? 0 : 2;
      faults.error(
          "overlay.source-count",
          Faults.of(overlay.sources.get(culprit)),
          "an overlay has two <source>, upper and work directory, or none, not "
              + overlay.sources.size());
    }
    if (overlay.driver != null) {
      options.check(overlay.driver);
    }
    if (overlay.stores.stream().allMatch(StoreRules::isEnd) && !overlay.incomplete) {
      faults.error(
          "overlay.no-lower", Faults.of(overlay), "an overlay needs at least one <backingStore>");
    }
    overlay.stores.forEach(stores::check);
  }

  private boolean isDirectory(SourceBean source) {
    Optional<SourceRules.Named> named = sources.named("overlay", source, List.of("dir"));
    return named.isPresent() && paths.host(named.get());
  }
}
