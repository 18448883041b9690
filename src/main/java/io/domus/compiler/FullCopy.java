// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Filesystem;
import io.domus.domain.StorageKind;
import io.domus.plan.Note;
import io.domus.plan.Step;
import java.nio.file.Path;

/** Filesystems of a clone that are copies: any kind into any other, by way of mounted trees. */
final class FullCopy {
  private final Draft draft;
  private final CloneOrder order;
  private final CloneVolumes volumes;

  FullCopy(Draft draft, CloneOrder order, CloneVolumes volumes) {
    this.draft = draft;
    this.order = order;
    this.volumes = volumes;
  }

  /** The content of a filesystem in a new place of the given kind. */
  Filesystem copy(Filesystem source, StorageKind kind) {
    Backend backend = volumes.backend(kind, source);
    Volume volume = volumes.volume(source, backend);
    draft.add(new Step.MakeDirectory(volume.directory(), 0700, volume.note()));
    int before = draft.steps().size();
    SourceTree tree = new SourceTree(draft, order);
    Path from = tree.mount(source);
    Path to = backend.create(draft, volume);
    Note note = Note.of("all that the guest sees", source.origin());
    draft.add(Step.CopyTree.within(from, tree.layers(source), to, note));
    volumes.identify(source, to);
    if (backend.sized()) {
      // What an image has no room for on its disk, the kernel may learn only now.
      draft.add(CloneVolumes.sync(to, source));
    }
    backend.complete(draft, volume);
    Release.of(draft.steps().subList(before, draft.steps().size())).forEach(draft::add);
    draft.add(CloneVolumes.sync(volume.directory(), source));
    return backend.filesystem(source.place(), volume);
  }
}
