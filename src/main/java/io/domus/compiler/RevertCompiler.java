// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.Filesystem;
import io.domus.domain.GuestPath;
import io.domus.domain.OverlayChain;
import io.domus.domain.UpperLayers;
import io.domus.plan.Note;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gives a domain that is off what a snapshot holds: fresh upper directories over the snapshot's
 * layers, and its image of the guest, which the next start goes on from. The snapshot stays. What
 * the domain has written was set aside before: its upper directories are empty.
 */
public final class RevertCompiler {
  private final Draft draft;
  private final CloneOrder snapshot;
  private final Sealing sealing;
  private final String id;
  private final boolean rehearsal;
  private int count;

  private RevertCompiler(
      CloneOrder snapshot, HostFacts facts, DomainPaths work, String id, boolean rehearsal) {
    this.draft = new Draft(facts, work);
    this.snapshot = snapshot;
    this.sealing = new Sealing(draft, snapshot);
    this.id = id;
    this.rehearsal = rehearsal;
  }

  /**
   * @param snapshot the definition in it, and the states of its upper directories and of the
   *     domain's
   * @param domain what the domain will run from
   * @param image of the snapshot's guest
   * @param id tells what this operation puts aside from what others do
   * @param rehearsal whether what was written is still to be set aside before this is done
   * @throws ConfigUnsupportedException if the domain has other filesystems now
   */
  public static Plan compile(
      CloneOrder snapshot,
      DomainDef domain,
      Optional<Path> image,
      HostFacts facts,
      DomainPaths paths,
      String id,
      boolean rehearsal) {
    return new RevertCompiler(snapshot, facts, paths, id, rehearsal).compile(domain, image, paths);
  }

  private Plan compile(DomainDef domain, Optional<Path> image, DomainPaths paths) {
    Map<GuestPath, Filesystem.Overlay> kept = overlays(snapshot.source());
    Map<GuestPath, Filesystem.Overlay> present = overlays(domain);
    if (!kept.keySet().equals(present.keySet())) {
      throw new ConfigUnsupportedException(
          "the domain writes to other filesystems now than when the snapshot was taken: %s, not %s"
              .formatted(present.keySet(), kept.keySet()));
    }
    kept.forEach((target, overlay) -> revert(overlay.chain(), present.get(target).chain()));
    image.ifPresent(from -> new ImageLink(from, paths).steps().forEach(draft::add));
    draft.add(new Step.Commit(Note.of("the domain is what it was then")));
    draft.afterwards().forEach(draft::add);
    return new Plan(
        domain.name(), Operation.REVERT, draft.strategy(), draft.steps(), draft.warnings());
  }

  private static Map<GuestPath, Filesystem.Overlay> overlays(DomainDef domain) {
    Map<GuestPath, Filesystem.Overlay> overlays = new HashMap<>();
    domain.writtenOverlays().forEach(overlay -> overlays.put(overlay.target(), overlay));
    return overlays;
  }

  private void revert(OverlayChain from, OverlayChain to) {
    OverlayChain.Upper kept = from.upper().orElseThrow();
    OverlayChain.Upper upper = to.upper().orElseThrow();
    UpperState keptState = state(kept);
    UpperState state = state(upper);
    if (!state.empty() && !rehearsal) {
      throw new ConfigUnsupportedException(
          "'" + upper.directory() + "' was written to meanwhile (" + upper.origin() + ")");
    }
    UpperLayers beneath =
        keptState.empty() ? keptState.beneath() : sealing.seal(from.options(), kept, keptState);
    Path model = keptState.empty() ? kept.directory() : keptState.next().path();
    count++;
    Path fresh = upper.directory().resolveSibling(".domus-fresh-" + id + "-" + count);
    Path former = upper.directory().resolveSibling(Trash.PREFIX + id + "-" + count);
    draft.add(
        new Step.MakeDirectoryLike(fresh, model, Note.of("fresh upper directory", upper.origin())));
    draft.add(
        new Step.ReplaceFile(
            upper.directory(),
            former,
            fresh,
            Note.of("in place of the present one, which is empty", upper.origin())));
    draft
        .afterwards()
        .add(new Step.RemoveCopy(former, Note.of("nothing is in it", upper.origin())));
    state
        .index()
        .ifPresent(
            index -> {
              Path retired = index.resolveSibling(Trash.PREFIX + id + "-" + count);
              Note note = Note.of("the index of the former upper directory", upper.origin());
              draft.add(new Step.MoveIntoPlace(index, retired, false, note));
              draft.afterwards().add(new Step.RemoveCopy(retired, note));
            });
    sealing.record(upper, beneath, state);
  }

  private UpperState state(OverlayChain.Upper upper) {
    UpperState state = snapshot.uppers().get(upper.directory());
    if (state == null) {
      throw new ConfigUnsupportedException(
          "upper directory '" + upper.directory() + "' not found (" + upper.origin() + ")");
    }
    return state;
  }
}
