// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.CloneOrder.Mode;

/** Clones whose plans differ: together they have steps of every kind that storage needs. */
enum Conversion {
  DIR_TO_DIR(Storage.DIR, Storage.DIR, Mode.FULL),
  DIR_TO_LOOP(Storage.DIR, Storage.LOOP_EXT4, Mode.DEFAULT),
  DIR_TO_QCOW2(Storage.DIR, Storage.QCOW2, Mode.DEFAULT),
  DIR_TO_BTRFS(Storage.DIR, Storage.BTRFS, Mode.DEFAULT),
  OVERLAY_SHARED(Storage.OVERLAY, Storage.OVERLAY, Mode.LINKED),
  LOOP_AS_LAYER(Storage.LOOP_EXT4, Storage.OVERLAY, Mode.LINKED),
  QCOW2_SEALED(Storage.QCOW2, Storage.QCOW2, Mode.LINKED),
  QCOW2_TO_DIR(Storage.QCOW2, Storage.DIR, Mode.FULL),
  BTRFS_SNAPSHOT(Storage.BTRFS, Storage.BTRFS, Mode.DEFAULT);

  static final String SOURCE = "web";
  static final String CLONE = "clone";

  private final Storage from;
  private final Storage to;
  private final Mode mode;

  Conversion(Storage from, Storage to, Mode mode) {
    this.from = from;
    this.to = to;
    this.mode = mode;
  }

  /** Defines the source, a guest that can run. */
  void prepare(Site site) throws Exception {
    site.define(DomainXml.named("first").root(site.tree("tree")));
    Driver driver = site.driver();
    new CloneOperation(driver)
        .run("first", SOURCE, from.request(Mode.FULL, driver.layout().storage()));
    // A guest that has run has written what can be sealed.
    site.start(SOURCE);
    site.output(SOURCE, "sh", "-c", "echo written >/tmp/file; sync");
    site.destroy(SOURCE);
    new UndefineOperation(driver).run("first");
  }

  void run(Driver driver, String source) {
    new CloneOperation(driver).run(source, CLONE, to.request(mode, driver.layout().storage()));
  }
}
