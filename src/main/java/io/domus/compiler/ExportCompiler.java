// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainPaths;
import io.domus.domain.Filesystem;
import io.domus.domain.OverlayOptions;
import io.domus.domain.SavePaths;
import io.domus.domain.UpperLayers;
import io.domus.plan.Note;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers what an archive of a snapshot holds in one directory: CRIU's images by one more name for
 * each, what the domain has written as one OCI layer for each filesystem, and what is said of it.
 */
public final class ExportCompiler {
  /** Below the place where it is gathered: that of the archive's entries. */
  private static final String ENTRIES = "entries";

  private final Draft draft;
  private final CloneOrder order;
  private final Path place;

  private ExportCompiler(CloneOrder order, HostFacts facts, DomainPaths work, Path place) {
    this.draft = new Draft(facts, work);
    this.order = order;
    this.place = place;
  }

  /** Of a place where an archive is gathered. */
  public static Path entries(Path place) {
    return place.resolve(ENTRIES);
  }

  /** The entry of a filesystem with an upper directory, by its number among these. */
  public static String layer(int number) {
    return "layers/" + number + ".tar";
  }

  /**
   * @param order of which the source is the definition in the snapshot
   * @param image of its guest
   * @param withBase whether all that a filesystem shows goes in, not only what was written
   * @param texts further entries, by name
   * @param place is not there yet
   */
  public static Plan compile(
      CloneOrder order,
      Optional<Path> image,
      boolean withBase,
      Map<String, String> texts,
      HostFacts facts,
      DomainPaths work,
      Path place) {
    return new ExportCompiler(order, facts, work, place).compile(image, withBase, texts);
  }

  private Plan compile(Optional<Path> image, boolean withBase, Map<String, String> texts) {
    DomainPaths work = draft.paths();
    Path entries = entries(place);
    draft.add(new Step.MakeStorage(place, Note.of("where the archive is gathered")));
    draft.add(new Step.MakeDirectory(entries, 0700, Note.of("its entries")));
    draft.add(new Step.MakeDirectory(entries.resolve("layers"), 0700, Note.of("its layers")));
    draft.add(new Step.MakeDirectory(work.run(), 0755, Note.of("what the making needs")));
    draft.add(new Step.MakeDirectory(work.devices(), 0700, Note.of("links to devices")));
    draft.add(new Step.MakeDirectory(work.staging(), 0711, Note.of("staging of mounts")));
    int mounted = draft.steps().size();
    draft.add(StartCompiler.staging(work, "mount points that the host never sees"));
    image.ifPresent(
        from ->
            draft.add(
                ImageLink.link(
                    SavePaths.images(from), entries.resolve("checkpoint"), "CRIU's images")));
    List<Filesystem.Overlay> written = order.source().writtenOverlays();
    for (int number = 0; number < written.size(); number++) {
      Path tar = entries.resolve(layer(number));
      if (withBase) {
        whole(written.get(number), tar);
      } else {
        delta(written.get(number), tar, number);
      }
    }
    texts.forEach(
        (name, text) ->
            draft.add(new Step.WriteFile(entries.resolve(name), text, 0600, Note.of("an entry"))));
    Release.of(draft.steps().subList(mounted, mounted + 1)).forEach(draft::add);
    draft.add(new Step.RemoveDirectory(work.staging(), Note.of("staging of mounts")));
    draft.add(new Step.RemoveDirectory(work.devices(), Note.of("links to devices")));
    draft.add(new Step.RemoveDirectory(work.run(), Note.of("what the making needed")));
    draft.add(new Step.Commit(Note.of("all of the archive is there")));
    return new Plan(
        order.name(), Operation.EXPORT, draft.strategy(), draft.steps(), draft.warnings());
  }

  private void whole(Filesystem.Overlay overlay, Path tar) {
    int before = draft.steps().size();
    Path tree = new SourceTree(draft, order).mount(overlay);
    List<Step> mounts = draft.steps().subList(before, draft.steps().size());
    draft.add(new Step.PackLayer(tree, tar, Note.of("all that the guest sees", overlay.origin())));
    Release.of(mounts).forEach(draft::add);
  }

  private void delta(Filesystem.Overlay overlay, Path tar, int number) {
    if (overlay.chain().options().on(OverlayOptions.Name.USERXATTR)) {
      throw new ConfigUnsupportedException(
          "what was written with userxattr=on cannot go into an archive ("
              + overlay.origin()
              + ")");
    }
    Path upper = overlay.chain().upper().orElseThrow().directory();
    UpperState state = order.uppers().get(upper);
    UpperLayers beneath = state == null ? UpperLayers.NONE : state.beneath();
    List<Path> layers = new ArrayList<>();
    if (beneath.layers().isEmpty() || state == null || !state.empty()) {
      layers.add(upper);
    }
    beneath.layers().forEach(layer -> layers.add(layer.path()));
    Note note = Note.of("what the guest has written", overlay.origin());
    if (layers.size() == 1) {
      draft.add(new Step.PackLayer(layers.getFirst(), tar, note));
      return;
    }
    Path merged = place.resolve("merged-" + number);
    draft.add(
        new Step.MergeLayers(
            layers, merged, false, Note.of("its layers as one", overlay.origin())));
    draft.add(new Step.PackLayer(merged, tar, note));
  }
}
