// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.domain.Origin;
import io.domus.plan.HookStep;
import io.domus.plan.NetworkStep;
import io.domus.plan.Step;
import io.domus.plan.StepPhrase;

/** A step failed; all before it has been taken back. */
public final class StepFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Step step;

  StepFailedException(int number, int of, Step step, Exception cause) {
    super(message(number, of, step, cause), cause);
    this.step = step;
  }

  public Step step() {
    return step;
  }

  private static String message(int number, int of, Step step, Exception cause) {
    Origin origin = step.note().origin();
    return "step "
        + number
        + " of "
        + of
        + ", "
        + summary(step)
        + ": "
        + cause.getMessage()
        + origin.inParentheses();
  }

  /** Without the arguments of programs, which would bury the reason. */
  private static String summary(Step step) {
    return switch (step) {
      case Step.RunCommand run -> "run " + run.command().program() + ", " + run.note().purpose();
      case HookStep hook -> "run hook " + hook.program();
      case Step.StartMonitor start -> start.note().purpose();
      case Step.StartHelper start ->
          "run " + start.command().program() + ", " + start.note().purpose();
      case Step.MakeDirectory _,
          Step.RemoveDirectory _,
          Step.MountFilesystem _,
          Step.UnmountFilesystem _,
          Step.HideMount _,
          Step.WriteFile _,
          Step.RemoveFile _,
          Step.AttachLoop _,
          Step.DetachLoop _,
          Step.StopHelper _,
          Step.CopyTree _,
          Step.RemoveCopy _,
          Step.MergeLayers _,
          Step.PackLayer _,
          Step.UnpackLayer _,
          Step.RenameCgroup _,
          Step.RearmTimers _,
          Step.MakeStorage _,
          Step.MoveIntoPlace _,
          Step.ReplaceFile _,
          Step.PutBack _,
          Step.MakeDirectoryLike _,
          Step.RecordLayers _,
          Step.ChangeIdentity _,
          Step.Commit _,
          NetworkStep _,
          Step.SignalGuest _,
          Step.AwaitSettled _,
          Step.AwaitStandstill _,
          Step.RemoveCgroup _,
          Step.AwaitEnd _ ->
          StepPhrase.of(step);
    };
  }
}
