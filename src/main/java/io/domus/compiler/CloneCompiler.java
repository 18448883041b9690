// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.Filesystem;
import io.domus.domain.SavePaths;
import io.domus.plan.Note;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.xml.DomainWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@code clone} does: the storage first, then what names the guest within it, then the
 * definition, which makes the clone a domain.
 */
public final class CloneCompiler {
  private final Draft draft;
  private final CloneOrder order;
  private final StorageCloner storage;

  private CloneCompiler(CloneOrder order, HostFacts facts, DomainPaths paths) {
    this.draft = new Draft(facts, paths);
    this.order = order;
    this.storage = new StorageCloner(draft, order);
  }

  /**
   * A plan and what it makes.
   *
   * @param clone the definition, as it is stored: what was sealed is recorded, not written into it
   */
  public record Result(Plan plan, DomainDef definition) {}

  /**
   * @param paths the clone's
   * @param ending the last steps that can be taken back: what makes the clone known
   * @throws ConfigUnsupportedException if the source cannot be cloned so
   */
  public static Result compile(
      CloneOrder order, HostFacts facts, DomainPaths paths, Ending ending) {
    return compile(order, facts, paths, Operation.CLONE, ending);
  }

  static Result compile(
      CloneOrder order, HostFacts facts, DomainPaths paths, Operation operation, Ending ending) {
    return new CloneCompiler(order, facts, paths).compile(operation, ending);
  }

  /** What is written before the plan is committed. */
  @FunctionalInterface
  public interface Ending {
    List<Step> steps(DomainDef clone);
  }

  /** Stores the clone's definition, which makes it a domain; its image is a managed save image. */
  public static Ending stored(CloneOrder order, DomainPaths paths) {
    return clone -> {
      List<Step> steps = new ArrayList<>();
      order
          .live()
          .flatMap(LiveSource::dump)
          .ifPresent(
              dump -> {
                steps.add(dump.definition(DomainWriter.write(clone)));
                steps.add(dump.hostname(ConfigCompiler.hostname(order.name())));
              });
      steps.addAll(definition(clone, paths));
      return steps;
    };
  }

  /**
   * The same for what is made of a snapshot, in a root of state where no domain may be yet.
   *
   * @param image of the snapshot's guest
   */
  public static Ending spawned(CloneOrder order, DomainPaths paths, Optional<Path> image) {
    return clone -> {
      List<Step> steps = new ArrayList<>();
      image.ifPresent(from -> steps.addAll(linked(from, clone, order, paths)));
      steps.add(
          new Step.MakeDirectory(
              paths.definition().getParent(), 0755, Note.of("definitions of domains")));
      steps.addAll(definition(clone, paths));
      return steps;
    };
  }

  private static List<Step> definition(DomainDef clone, DomainPaths paths) {
    Path file = paths.definition();
    Path prepared = file.resolveSibling("." + file.getFileName() + ".cloning");
    Note note = Note.of("definition of the copy");
    return List.of(
        new Step.WriteFile(prepared, DomainWriter.write(clone), 0644, note),
        new Step.MoveIntoPlace(prepared, file, false, Note.of("now there is such a domain")));
  }

  private static List<Step> linked(
      Path image, DomainDef clone, CloneOrder order, DomainPaths paths) {
    SavePaths save = SavePaths.of(paths);
    List<Step> steps = new ArrayList<>(new ImageLink(image, paths).steps());
    steps.add(
        new Step.WriteFile(
            SavePaths.definition(save.saved()),
            DomainWriter.write(clone),
            0600,
            Note.of("what the guest runs from now")));
    if (!order.name().equals(order.source().name())) {
      steps.add(
          new Step.WriteFile(
              SavePaths.hostname(save.saved()),
              ConfigCompiler.hostname(order.name()) + "\n",
              0600,
              Note.of("what the guest is to be called")));
    }
    return steps;
  }

  /**
   * Notes what is to be removed when the clone's only run has ended; there is no definition.
   *
   * @param journal gets the note
   * @param text of it, for these steps
   */
  public static Ending ephemeral(
      CloneOrder order, Path journal, Function<List<Step>, String> text) {
    return clone -> {
      List<Step> removal = new ArrayList<>();
      List<Path> written = new ArrayList<>(LayerInsertion.uppers(clone));
      for (Filesystem filesystem : clone.filesystems()) {
        switch (filesystem) {
          case Filesystem.Image image -> written.add(image.file());
          case Filesystem.Block block -> removal.addAll(removal(order, block));
          case Filesystem.Overlay _, Filesystem.Mount _, Filesystem.Bind _, Filesystem.Ram _ -> {}
        }
      }
      for (Path path : written) {
        // What does not lie there is its source's, and stays.
        if (path.startsWith(order.directory())) {
          removal.add(
              new Step.RemoveFile(order.recordOf().apply(path), Note.of("record of its layers")));
        }
      }
      removal.add(new Step.RemoveCopy(order.directory(), Note.of("what the guest has written")));
      return List.of(
          new Step.MakeDirectory(
              journal.getParent(), 0700, Note.of("what ends with ephemeral domains")),
          new Step.WriteFile(
              journal, text.apply(removal), 0600, Note.of("its data goes with its only run")));
    };
  }

  /** Of a volume that was made for the clone. */
  private static List<Step> removal(CloneOrder order, Filesystem.Block block) {
    boolean shared =
        order.source().filesystems().stream()
            .anyMatch(
                filesystem ->
                    filesystem instanceof Filesystem.Block own
                        && own.device().equals(block.device()));
    return shared ? List.of() : LvmBackend.removal(block.device());
  }

  private Result compile(Operation operation, Ending ending) {
    DomainPaths paths = draft.paths();
    for (Path missing : order.missing()) {
      draft.add(new Step.MakeDirectory(missing, 0755, Note.of("where copies lie")));
    }
    draft.add(new Step.MakeStorage(order.directory(), Note.of("storage of the copy")));
    draft.add(new Step.MakeDirectory(paths.run(), 0755, Note.of("what the copy's making needs")));
    draft.add(new Step.MakeDirectory(paths.devices(), 0700, Note.of("links to devices")));
    draft.add(new Step.MakeDirectory(paths.staging(), 0711, Note.of("staging of mounts")));
    int mounted = draft.steps().size();
    draft.add(StartCompiler.staging(paths, "mount points that the host never sees"));
    List<Filesystem> filesystems = storage.clone(order.source().filesystems());
    DomainDef clone =
        order
            .source()
            .withName(order.name())
            .withIdentity(order.uuid())
            .withInterfaces(order.interfaces())
            .withFilesystems(filesystems);
    Release.of(draft.steps().subList(mounted, mounted + 1)).forEach(draft::add);
    draft.add(new Step.RemoveDirectory(paths.staging(), Note.of("staging of mounts")));
    draft.add(new Step.RemoveDirectory(paths.devices(), Note.of("links to devices")));
    draft.add(new Step.RemoveDirectory(paths.run(), Note.of("what the copy's making needed")));
    ending.steps(clone).forEach(draft::add);
    draft.add(new Step.Commit(Note.of("the copy is complete")));
    draft.afterwards().forEach(draft::add);
    Plan plan =
        new Plan(order.name(), operation, draft.strategy(), draft.steps(), draft.warnings());
    return new Result(plan, clone);
  }
}
