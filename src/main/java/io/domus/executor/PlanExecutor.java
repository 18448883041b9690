// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.kernel.Uninterrupted;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import io.domus.store.StepJournal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out a plan on the calling thread; takes back what it did if a step fails or the thread is
 * interrupted. An interrupt ends no undo, and nothing that is to be carried out to the end.
 */
public final class PlanExecutor {
  private final StepInterpreter interpreter;
  private final StepObserver observer;

  public PlanExecutor(StepInterpreter interpreter, StepObserver observer) {
    this.interpreter = interpreter;
    this.observer = observer;
  }

  /**
   * @param journal notes each undo before its step begins
   * @throws StepFailedException with failures of undos suppressed in it, never in its place
   */
  public void run(Plan plan, StepJournal journal) throws StepFailedException {
    run(plan, 0, plan.steps().size(), journal::note);
  }

  /**
   * The steps from {@code begin} on and before {@code end}, of which only these are taken back.
   *
   * @param journal notes each undo before its step begins
   */
  public void run(Plan plan, int begin, int end, StepJournal journal) throws StepFailedException {
    run(plan, begin, end, journal::note);
  }

  /** For a plan whose effects tell by themselves how far it came. */
  public void run(Plan plan) throws StepFailedException {
    run(plan, plan.steps().size());
  }

  /** The steps before {@code end}, of which somebody has journaled all undos, if they need that. */
  public void run(Plan plan, int end) throws StepFailedException {
    run(plan, 0, end, undos -> {});
  }

  /** Where undos are noted. */
  private interface Notes {
    void note(List<Step> undos) throws IOException;
  }

  private void run(Plan plan, int begin, int end, Notes notes) throws StepFailedException {
    List<Step> earned = new ArrayList<>();
    int number = begin;
    for (Step step : plan.steps().subList(begin, end)) {
      number++;
      try {
        checkWanted();
        List<Step> undos = undos(step);
        notes.note(undos);
        earned.addAll(undos.reversed());
        observer.before(number, step);
        interpreter.interpret(step);
      } catch (IOException | RuntimeException cause) {
        StepFailedException failure =
            new StepFailedException(number, plan.steps().size(), step, cause);
        unwind(earned.reversed(), failure);
        throw failure;
      }
    }
  }

  /** The steps from {@code begin} on, whatever fails on the way; none of them is taken back. */
  public void runFrom(Plan plan, int begin) throws StepFailedException {
    runToTheEnd(plan.steps().subList(begin, plan.steps().size()), begin, plan.steps().size());
  }

  /** Carries out every step, whatever fails on the way; throws the first failure at the end. */
  public void runToTheEnd(List<Step> steps) throws StepFailedException {
    runToTheEnd(steps, 0, steps.size());
  }

  private void runToTheEnd(List<Step> steps, int before, int of) throws StepFailedException {
    StepFailedException first = null;
    int number = before;
    for (Step step : steps) {
      number++;
      try {
        observer.before(number, step);
        Uninterrupted.run(() -> interpreter.interpret(step));
      } catch (IOException | RuntimeException cause) {
        StepFailedException failure = new StepFailedException(number, of, step, cause);
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void unwind(List<Step> undos, StepFailedException failure) {
    for (Step undo : undos) {
      try {
        Uninterrupted.run(() -> interpreter.interpret(undo));
      } catch (IOException | RuntimeException second) {
        failure.addSuppressed(second);
      }
    }
  }

  /** Many steps do not notice an interrupt, and the next one should not begin then. */
  static void checkWanted() throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new IOException("interrupted");
    }
  }

  private static List<Step> undos(Step step) {
    return switch (step.undo()) {
      case Undo.By by -> by.steps();
      case Undo.Nothing _, Undo.Impossible _ -> List.of();
    };
  }
}
