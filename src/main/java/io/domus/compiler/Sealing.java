// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Origin;
import io.domus.domain.OverlayChain;
import io.domus.domain.OverlayOptions;
import io.domus.domain.UpperLayers;
import io.domus.plan.Note;
import io.domus.plan.Step;
import java.nio.file.Path;

/**
 * Makes a layer of what an upper directory holds, without copying: the directory is renamed into
 * the layer store, and a fresh one takes its place.
 */
final class Sealing {
  private final Draft draft;
  private final CloneOrder order;

  Sealing(Draft draft, CloneOrder order) {
    this.draft = draft;
    this.order = order;
  }

  /** Gives the clone an upper directory over all that the source shows; returns the directory. */
  OverlayChain.Upper share(OverlayChain chain, OverlayChain.Upper upper, Path directory) {
    UpperState state = order.uppers().get(upper.directory());
    UpperLayers beneath = state.empty() ? state.beneath() : seal(chain.options(), upper, state);
    Path model = state.empty() ? upper.directory() : state.next().path();
    return fresh(directory, model, beneath, upper.origin());
  }

  /** A writable layer for the clone, with nothing in it. */
  OverlayChain.Upper fresh(Path directory, Path model, UpperLayers beneath, Origin origin) {
    order.storage().requireUppers();
    OverlayChain.Upper fresh =
        new OverlayChain.Upper(directory.resolve("upper"), directory.resolve("work"), origin);
    draft.add(new Step.MakeDirectory(directory, 0700, Note.of("what the copy writes", origin)));
    draft.add(
        new Step.MakeDirectoryLike(
            fresh.directory(), model, Note.of("upper directory of the copy", origin)));
    draft.add(
        new Step.MakeDirectory(fresh.work(), 0700, Note.of("work directory of the copy", origin)));
    if (!beneath.layers().isEmpty()) {
      draft.add(
          new Step.RecordLayers(
              fresh.directory(),
              beneath,
              order.recordOf().apply(fresh.directory()),
              java.util.Optional.empty(),
              Note.of("what lies beneath the copy's upper", origin)));
    }
    return fresh;
  }

  /** Makes a layer of an upper directory, and gives it a fresh one. */
  UpperLayers seal(OverlayOptions options, OverlayChain.Upper upper, UpperState state) {
    Origin origin = upper.origin();
    Path place = makePlace(draft, state, origin);
    draft.add(
        new Step.MoveIntoPlace(
            upper.directory(),
            state.next().path(),
            false,
            Note.of("what '" + order.source().name() + "' has written becomes a layer", origin)));
    draft.add(
        new Step.MakeDirectoryLike(
            upper.directory(),
            state.next().path(),
            Note.of("fresh upper directory of '" + order.source().name() + "'", origin)));
    state.index().ifPresent(index -> retire(index, place, origin));
    UpperLayers beneath = state.beneath().under(state.next(), UpperLayers.Marks.of(options));
    record(upper, beneath, state);
    return beneath;
  }

  /** Writes down what lies beneath an upper directory that has come to its place just now. */
  void record(OverlayChain.Upper upper, UpperLayers beneath, UpperState state) {
    Origin origin = upper.origin();
    state.displaced().ifPresent(file -> displace(state.record(), file, origin));
    draft.add(
        new Step.RecordLayers(
            upper.directory(),
            beneath,
            state.record(),
            state.before(),
            Note.of("what lies beneath the upper of '" + order.source().name() + "'", origin)));
    state
        .former()
        .ifPresent(
            file ->
                draft
                    .afterwards()
                    .add(
                        new Step.RemoveFile(
                            file, Note.of("what was recorded where it lay before", origin))));
  }

  /** Where a layer goes to, with what describes it. */
  static Path makePlace(Draft draft, UpperState state, Origin origin) {
    Path store = state.description().getParent();
    Path place = state.next().path().getParent();
    draft.add(new Step.MakeDirectory(store, 0700, Note.of("a new layer", origin)));
    if (!place.equals(store)) {
      draft.add(
          new Step.MakeDirectory(
              place.getParent(), 0700, Note.of("layers on this filesystem", origin)));
      draft.add(new Step.MakeDirectory(place, 0700, Note.of("the layer's place", origin)));
    }
    draft.add(
        new Step.WriteFile(
            state.description(), state.text(), 0600, Note.of("what the layer is", origin)));
    return place;
  }

  private void displace(Path record, Path to, Origin origin) {
    draft.add(
        new Step.MoveIntoPlace(
            record, to, false, Note.of("it tells of another directory, which was here", origin)));
  }

  /** It belongs to the directory that was moved: overlayfs refuses another one, and makes anew. */
  private void retire(Path index, Path place, Origin origin) {
    Path retired = place.resolve("index");
    draft.add(
        new Step.MoveIntoPlace(
            index, retired, false, Note.of("the index of the former upper directory", origin)));
    draft.afterwards().add(new Step.RemoveCopy(retired, Note.of("a layer needs no index", origin)));
  }
}
