// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.DomainPaths;
import io.domus.domain.SavePaths;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import io.domus.tool.Command;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes the image of a snapshot the managed save image of a domain, from which its next start goes
 * on. Nobody writes to the files of an image: one more name for each is as good as a copy.
 */
record ImageLink(Path image, DomainPaths paths) {
  List<Step> steps() {
    Path saved = SavePaths.of(paths).saved();
    return List.of(
        new Step.MakeDirectory(paths.variable(), 0700, Note.of("what is kept of the domain")),
        // Fails where an image is: two must never be mixed.
        new Step.MakeStorage(saved, Note.of("image of the guest")),
        link(SavePaths.images(image), SavePaths.images(saved), "CRIU's images, by one more name"),
        link(SavePaths.options(image), SavePaths.options(saved), "what the dump was made with"),
        link(SavePaths.definition(image), SavePaths.definition(saved), "what the guest runs from"));
  }

  /** A tree of the same files. */
  static Step link(Path from, Path to, String purpose) {
    return new Step.RunCommand(
        Command.of(
            "cp", "--archive", "--link", "--no-target-directory", from.toString(), to.toString()),
        false,
        Undo.by(new Step.RemoveCopy(to, Note.of("remove the image"))),
        Note.of(purpose));
  }
}
