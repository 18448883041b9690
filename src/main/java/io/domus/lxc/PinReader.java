// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.BackingStore;
import io.domus.domain.Filesystem;
import io.domus.domain.Origin;
import io.domus.domain.OverlayChain;
import io.domus.domain.ReadFailedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * What LXC keeps beside a configuration about the containers that it was cloned from, and about
 * those cloned from it: two lines each, a path and a name.
 */
final class PinReader {
  private static final String BASES = "lxc_rdepends";
  private static final String CLONES = "lxc_snapshots";

  private final LxcFiles files;
  private final Report report;
  private final String directory;

  /**
   * @param directory of the container
   */
  PinReader(LxcFiles files, Report report, String directory) {
    this.files = files;
    this.report = report;
    this.directory = directory;
  }

  void read(Optional<Filesystem> root) {
    List<Path> layers =
        root.stream()
            .filter(Filesystem.Overlay.class::isInstance)
            .flatMap(overlay -> paths(((Filesystem.Overlay) overlay).chain()))
            .toList();
    each(BASES, (at, container) -> base(at, container, layers));
    each(
        CLONES,
        (at, container) ->
            report.last(
                at,
                "'"
                    + container
                    + "' is a clone of this container: what the domain writes to may be a layer of"
                    + " it"));
    String delta = directory + "/" + LayerReader.OLD_UPPER;
    if (root.filter(Filesystem.Mount.class::isInstance).isPresent()
        && files.kind(delta) == LxcFiles.Kind.DIRECTORY) {
      report.note("nothing here mounts the layer '" + delta + "', so the domain is without it");
    }
  }

  private void base(Origin at, String container, List<Path> layers) {
    Optional<Path> layer = layers.stream().filter(path -> path.startsWith(container)).findFirst();
    report.last(
        at,
        layer
            .map(
                path ->
                    "the layer '"
                        + path
                        + "' belongs to '"
                        + container
                        + "': it must stay as it is")
            .orElse("LXC keeps '" + container + "' for this container, but no layer is there"));
  }

  /** Calls back with the directory of every container that a file names. */
  private void each(String name, BiConsumer<Origin, String> containers) {
    String file = directory + "/" + name;
    if (files.kind(file) != LxcFiles.Kind.FILE) {
      return;
    }
    List<String> lines;
    try {
      lines = ConfigText.of(files.read(file)).lines();
    } catch (ReadFailedException unreadable) {
      report.note(unreadable.getMessage());
      return;
    }
    for (int index = 0; index < lines.size(); index += 2) {
      Origin at = new Origin(file, index + 1, 0, "");
      String path = lines.get(index);
      if (lines.size() == 1 && path.matches("[0-9]{1,9}")) {
        // LXC before 1.1 counted them only.
        report.last(at, "LXC counts " + path + " clones of this container, without their names");
      } else if (index + 1 < lines.size() && PathText.host(path).isPresent()) {
        containers.accept(at, path.replaceFirst("/+$", "") + "/" + lines.get(index + 1));
      } else {
        report.lost(at, Integer.MAX_VALUE, path, "expected a path, and a name in the next line");
      }
    }
  }

  private static Stream<Path> paths(OverlayChain chain) {
    return chain.lowers().stream()
        .flatMap(
            lower ->
                switch (lower) {
                  case BackingStore.Directory of -> Stream.of(of.path());
                  case BackingStore.Overlay inner ->
                      Stream.concat(
                          inner.chain().upper().stream().map(OverlayChain.Upper::directory),
                          paths(inner.chain()));
                  case BackingStore.Image _, BackingStore.Block _ -> Stream.empty();
                });
  }
}
