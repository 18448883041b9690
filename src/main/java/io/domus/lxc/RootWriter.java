// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.BackingStore;
import io.domus.domain.Filesystem;
import io.domus.domain.ImageFormat;
import io.domus.domain.OverlayChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the root of the guest. */
final class RootWriter {
  private static final String KEY = "lxc.rootfs.path";

  /** What no guest can start from. */
  private static final String NOWHERE = "dir:/dev/null";

  private final ConfigLines lines;
  private final Report report;

  RootWriter(ConfigLines lines, Report report) {
    this.lines = lines;
    this.report = report;
  }

  void write(Filesystem root) {
    List<String> options = new ArrayList<>(MountWriter.words(root.place()));
    switch (root) {
      case Filesystem.Mount mount -> path(root, "dir:" + mount.source());
      case Filesystem.Block block -> path(root, "lvm:" + block.device());
      case Filesystem.Image image ->
          path(root, (image.format() == ImageFormat.RAW ? "loop:" : "nbd:") + image.file());
      case Filesystem.Overlay overlay -> {
        overlay(overlay);
        options.addAll(MountWriter.optionWords(overlay.chain()));
      }
      case Filesystem.Ram _, Filesystem.Bind _ -> lost(root, "LXC has no such root");
    }
    if (!options.isEmpty()) {
      lines.add("lxc.rootfs.options", String.join(",", options), root.origin());
    }
  }

  private void path(Filesystem root, String value) {
    if (value.lines().count() > 1 || value.endsWith("\n")) {
      lost(root, "a value of LXC has one line");
    } else {
      lines.add(KEY, value, root.origin());
    }
  }

  private void lost(Filesystem root, String why) {
    report.lost(root.origin(), "<filesystem> with target '/'", why);
    lines.comment("Without a root LXC would give the guest that of the host: put one here");
    lines.add(KEY, NOWHERE);
  }

  private void overlay(Filesystem.Overlay overlay) {
    List<Path> lowers = new ArrayList<>();
    if (!directories(overlay.chain().lowers(), lowers)) {
      lost(overlay, "a layer is an image or a device");
    } else if (overlay.chain().upper().isEmpty()) {
      lost(overlay, "an overlay of LXC has an upper directory");
    } else {
      OverlayChain.Upper upper = overlay.chain().upper().get();
      if (overlay.chain().lowers().stream().anyMatch(BackingStore.Overlay.class::isInstance)) {
        report.note(
            overlay.origin(),
            "overlays in the overlay are written as one list of layers, which is the same unless"
                + " they hide names; see 'domus plan'");
      }
      if (!upper.work().equals(LayerReader.workBeside(upper.directory()))) {
        report.lost(
            upper.origin(),
            "the work directory '" + upper.work() + "'",
            "LXC takes one beside the upper directory");
      }
      lowers.add(upper.directory());
      write(overlay, lowers);
    }
  }

  private void write(Filesystem.Overlay overlay, List<Path> layers) {
    StringBuilder value = new StringBuilder("overlay");
    for (Path layer : layers) {
      if (layer.toString().contains(":/")) {
        lost(overlay, "a path has ':/' in it, which parts layers");
        return;
      }
      value.append(':').append(layer);
    }
    path(overlay, value.toString());
  }

  /** The layers from the top down; false if one is no directory. */
  private static boolean directories(List<BackingStore> stores, List<Path> found) {
    boolean all = true;
    for (BackingStore store : stores) {
      switch (store) {
        case BackingStore.Directory directory -> found.add(directory.path());
        case BackingStore.Overlay inner -> {
          inner.chain().upper().ifPresent(upper -> found.add(upper.directory()));
          all &= directories(inner.chain().lowers(), found);
        }
        case BackingStore.Image _, BackingStore.Block _ -> all = false;
      }
    }
    return all;
  }
}
