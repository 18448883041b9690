// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.plan.HookStep;
import io.domus.plan.NetworkStep;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import io.domus.store.AtomicFile;
import io.domus.store.OperationJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Carries out plans whose effects outlive a boot. All undos are journaled before the first step,
 * since an undo of what was not done finds nothing: one write in place of one a step. What was done
 * is made durable before the plan is committed; what follows the commit is never taken back.
 */
public final class DurableExecutor {
  private final PlanExecutor executor;

  public DurableExecutor(PlanExecutor executor) {
    this.executor = executor;
  }

  /**
   * What nobody else may use meanwhile. The journal comes first and goes last: whoever takes back
   * what was killed finds by it what was held.
   */
  public interface Hold {
    /** Nothing. */
    Hold NONE =
        new Hold() {
          @Override
          public void take() {}

          @Override
          public void release() {}
        };

    void take() throws IOException;

    void release() throws IOException;
  }

  /**
   * @param plan with one {@link Step.Commit}
   * @param journal where the plan's undos and its rest are noted
   * @throws StepFailedException if the plan was taken back, or could not be finished; the latter is
   *     then left in the journal
   */
  public void run(Plan plan, Path journal, List<String> domains, Hold hold)
      throws StepFailedException, IOException {
    int commit = commit(plan);
    List<Step> steps = plan.steps().subList(0, commit);
    List<Step> rest = plan.steps().subList(commit + 1, plan.steps().size());
    try (OperationJournal journaled =
        OperationJournal.begin(journal, plan.operation().text(), domains, undos(steps))) {
      take(hold, journaled);
      try {
        executor.run(plan, commit);
        PlanExecutor.checkWanted();
        sync(steps);
        journaled.commit(rest);
      } catch (StepFailedException failure) {
        hold.release();
        finishUnlessStuck(journaled, failure);
        throw failure;
      } catch (IOException failure) {
        executor.runToTheEnd(undos(steps));
        hold.release();
        journaled.finish();
        throw failure;
      }
      try {
        executor.runFrom(plan, commit);
      } finally {
        hold.release();
      }
      journaled.finish();
    }
  }

  private static void take(Hold hold, OperationJournal journal) throws IOException {
    try {
      hold.take();
    } catch (IOException | RuntimeException refused) {
      journal.finish();
      throw refused;
    }
  }

  /** What could not be undone now is left to whoever comes next. */
  private static void finishUnlessStuck(OperationJournal journal, StepFailedException failure) {
    if (failure.getSuppressed().length > 0) {
      return;
    }
    try {
      journal.finish();
    } catch (IOException second) {
      failure.addSuppressed(second);
    }
  }

  private static int commit(Plan plan) {
    for (int index = 0; index < plan.steps().size(); index++) {
      if (plan.steps().get(index) instanceof Step.Commit) {
        return index;
      }
    }
    throw new IllegalArgumentException("a plan that is never committed");
  }

  private static List<Step> undos(List<Step> steps) {
    List<Step> undos = new ArrayList<>();
    for (Step step : steps.reversed()) {
      switch (step.undo()) {
        case Undo.By by -> undos.addAll(by.steps());
        case Undo.Nothing _, Undo.Impossible _ -> {}
      }
    }
    return undos;
  }

  /**
   * Files first, then the names in directories. The first call makes the filesystem write its
   * journal, the others then find nothing left to write.
   */
  private static void sync(List<Step> steps) throws IOException {
    Set<Path> files = new LinkedHashSet<>();
    Set<Path> directories = new LinkedHashSet<>();
    for (Step step : steps) {
      switch (step) {
        case Step.WriteFile write -> add(files, directories, write.file());
        case Step.RecordLayers record -> add(files, directories, record.file());
        case Step.MakeDirectory make -> directories.add(make.directory().getParent());
        case Step.MakeDirectoryLike make -> directories.add(make.directory().getParent());
        case Step.MakeStorage make -> {
          directories.add(make.directory().getParent());
          directories.add(make.directory());
        }
        case Step.MoveIntoPlace move -> {
          directories.add(move.to().getParent());
          directories.add(move.from().getParent());
        }
        case Step.ReplaceFile replace -> {
          add(files, directories, replace.file());
          directories.add(replace.kept().getParent());
        }
        case Step.RemoveDirectory _,
            Step.MountFilesystem _,
            Step.UnmountFilesystem _,
            Step.HideMount _,
            Step.RemoveFile _,
            Step.PutBack _,
            Step.RunCommand _,
            HookStep _,
            Step.StartMonitor _,
            Step.AttachLoop _,
            Step.DetachLoop _,
            Step.StartHelper _,
            Step.StopHelper _,
            Step.CopyTree _,
            Step.MergeLayers _,
            Step.PackLayer _,
            Step.UnpackLayer _,
            Step.RenameCgroup _,
            Step.RearmTimers _,
            Step.RemoveCopy _,
            Step.ChangeIdentity _,
            Step.Commit _,
            NetworkStep _,
            Step.SignalGuest _,
            Step.AwaitSettled _,
            Step.AwaitStandstill _,
            Step.RemoveCgroup _,
            Step.AwaitEnd _ -> {}
      }
    }
    files.addAll(directories);
    for (Path path : files) {
      // What lay on a filesystem that is unmounted again is not there; what was moved on neither.
      if (Files.exists(path)) {
        AtomicFile.sync(path);
      }
    }
  }

  private static void add(Set<Path> files, Set<Path> directories, Path file) {
    files.add(file);
    directories.add(file.getParent());
  }
}
