// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.SnapshotDef;
import io.domus.domain.SnapshotPaths;
import io.domus.plan.Note;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.xml.DomainWriter;
import io.domus.xml.SnapshotWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Sets aside what a domain is now. A snapshot is a clone that is no domain: of one that is off the
 * upper directories become layers of both, of one that runs they are copied while it stands still.
 */
public final class SnapshotCompiler {
  private SnapshotCompiler() {}

  /**
   * What goes with the filesystems.
   *
   * @param image of a guest that was saved, which is moved into the snapshot
   * @param dump of one that goes on
   * @param definition what the guest of the dump runs from
   */
  public record Contents(
      SnapshotDef description,
      SnapshotPaths paths,
      Optional<Path> image,
      Optional<ProcessDump> dump,
      String definition) {
    public Contents {
      Objects.requireNonNull(description, "description");
      Objects.requireNonNull(paths, "paths");
      Objects.requireNonNull(image, "image");
      Objects.requireNonNull(dump, "dump");
      Objects.requireNonNull(definition, "definition");
    }
  }

  /**
   * @param order what {@link CloneOrder#live} dumps is the contents' dump
   * @param work where it is prepared
   * @throws ConfigUnsupportedException if something of the domain cannot be set aside
   */
  public static Plan compile(
      CloneOrder order, Contents contents, HostFacts facts, DomainPaths work) {
    SnapshotScope.check(order.source());
    SnapshotPaths paths = contents.paths();
    return CloneCompiler.compile(
            order,
            facts,
            work,
            Operation.SNAPSHOT,
            kept -> {
              List<Step> steps = new ArrayList<>();
              contents
                  .image()
                  .ifPresent(
                      image ->
                          steps.add(
                              new Step.MoveIntoPlace(
                                  image, paths.image(), false, Note.of("image of the guest"))));
              contents.dump().ifPresent(dump -> steps.add(dump.definition(contents.definition())));
              steps.addAll(known(paths, kept, contents.description()));
              return steps;
            })
        .plan();
  }

  /** The last steps of whoever makes a snapshot. */
  static List<Step> known(SnapshotPaths paths, DomainDef kept, SnapshotDef description) {
    return List.of(
        new Step.WriteFile(
            paths.definition(),
            DomainWriter.write(kept),
            0600,
            Note.of("the domain with the snapshot's filesystems")),
        new Step.WriteFile(
            paths.description(),
            SnapshotWriter.write(description),
            0600,
            Note.of("now there is such a snapshot")));
  }
}
