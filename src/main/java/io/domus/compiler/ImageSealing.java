// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Filesystem;
import io.domus.domain.Origin;
import io.domus.domain.UpperLayers;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import io.domus.tool.Command;
import io.domus.tool.QemuStorage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes a layer of what a qcow2 image holds, without copying: the image is renamed into the layer
 * store, and one with nothing in it, over that layer, takes its place.
 */
final class ImageSealing {
  static final String FORMAT = "qcow2";

  private final Draft draft;
  private final CloneOrder order;

  ImageSealing(Draft draft, CloneOrder order) {
    this.draft = draft;
    this.order = order;
  }

  /**
   * @param make makes the clone's image over a backing file
   */
  Filesystem share(
      Filesystem.Image source, ImageState state, Function<ImageState.Backing, Filesystem> make) {
    UpperState layer = state.layer();
    Filesystem clone;
    UpperLayers beneath;
    if (state.nothingToSeal()) {
      draft.because("'" + source.file() + "' has written nothing: there is nothing to seal");
      clone = make.apply(state.backing().orElseThrow());
      beneath = layer.beneath();
    } else {
      draft.because("'" + source.file() + "' is sealed as layer " + layer.next().id());
      seal(source, state);
      clone = make.apply(new ImageState.Backing(layer.next().path(), FORMAT, Optional.empty()));
      beneath = layer.beneath().under(layer.next(), UpperLayers.Marks.NONE);
    }
    if (!beneath.layers().isEmpty() && clone instanceof Filesystem.Image image) {
      record(
          image.file(),
          beneath,
          order.recordOf().apply(image.file()),
          Optional.empty(),
          "what lies beneath the clone's image",
          source.origin());
    }
    return clone;
  }

  /** The fresh image is ready before the other one goes: there is a moment without an image. */
  private void seal(Filesystem.Image source, ImageState state) {
    Origin origin = source.origin();
    Path image = source.file();
    UpperState layer = state.layer();
    Path fresh = image.resolveSibling("." + image.getFileName() + ".domus-fresh");
    Sealing.makePlace(draft, layer, origin);
    state.backing().ifPresent(backing -> nameFromRoot(image, backing, origin));
    draft.add(
        new Step.RunCommand(
            Command.of(
                "cp",
                "--attributes-only",
                "--preserve=mode,ownership,xattr",
                image.toString(),
                fresh.toString()),
            false,
            Undo.by(new Step.RemoveFile(fresh, Note.of("remove the fresh image"))),
            Note.of("owner and mode of the fresh image", origin)));
    draft.add(
        NewFilesystem.run(
            QemuStorage.createAhead(fresh, layer.next().path(), FORMAT, state.capacity()),
            Note.of("fresh image of '" + order.source().name() + "'", origin)));
    draft.add(
        new Step.ReplaceFile(
            image,
            layer.next().path(),
            fresh,
            Note.of("what '" + order.source().name() + "' has written becomes a layer", origin)));
    record(
        image,
        layer.beneath().under(layer.next(), UpperLayers.Marks.NONE),
        layer.record(),
        layer.before(),
        "what lies beneath the image of '" + order.source().name() + "'",
        origin);
  }

  /** A name that holds only beside the image would lead nowhere from the layer store. */
  private void nameFromRoot(Path image, ImageState.Backing backing, Origin origin) {
    backing
        .relative()
        .ifPresent(
            relative ->
                draft.add(
                    new Step.RunCommand(
                        QemuStorage.rename(image, backing.file(), backing.format()),
                        false,
                        Undo.by(
                            new Step.RunCommand(
                                QemuStorage.rename(image, relative, backing.format()),
                                true,
                                Undo.NOTHING,
                                Note.of("name the backing file as before"))),
                        Note.of("name the backing file from the root on", origin))));
  }

  private void record(
      Path image,
      UpperLayers beneath,
      Path file,
      Optional<String> before,
      String purpose,
      Origin origin) {
    draft.add(new Step.RecordLayers(image, beneath, file, before, Note.of(purpose, origin)));
  }
}
