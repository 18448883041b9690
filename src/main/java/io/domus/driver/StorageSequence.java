// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.executor.DurableExecutor;
import io.domus.executor.NamespaceRunner;
import io.domus.executor.StepFailedException;
import io.domus.kernel.NamespaceThread;
import io.domus.plan.Note;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.store.LayerLease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Carries out a plan that changes storage: all of it or nothing, whenever the process dies. Its
 * mounts are in a namespace that ends with it.
 */
final class StorageSequence {
  private final Driver driver;

  StorageSequence(Driver driver) {
    this.driver = driver;
  }

  /**
   * @param journal a name for the plan's journal: that of the domain that it makes or changes
   * @param domains all that the plan is about; their locks are held
   * @param claims what nobody may use meanwhile, in no root of this host
   * @param holder the domain in whose name that is claimed
   */
  void run(
      Plan plan, String journal, List<String> domains, List<LayerLease.Claim> claims, String holder)
      throws IOException, StepFailedException {
    run(
        plan,
        journal,
        domains,
        new DurableExecutor.Hold() {
          @Override
          public void take() throws IOException {
            driver.leases().acquire(holder, claims);
          }

          @Override
          public void release() throws IOException {
            driver.leases().release(holder);
          }
        });
  }

  /** The same for what claims nothing: a domain that runs has its leases itself. */
  void run(Plan plan, String journal, List<String> domains)
      throws IOException, StepFailedException {
    run(plan, journal, domains, DurableExecutor.Hold.NONE);
  }

  /** Removes a tree of ours that is of no use any more; one that is gone counts as done. */
  void discard(Path tree, String why) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try {
      driver
          .machinery(NamespaceRunner.HERE)
          .executor()
          .runToTheEnd(List.of(new Step.RemoveCopy(tree, Note.of(why))));
    } catch (StepFailedException failure) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  private void run(Plan plan, String journal, List<String> domains, DurableExecutor.Hold hold)
      throws IOException, StepFailedException {
    Path file = driver.layout().operations().resolve(journal);
    Driver.Machinery machinery = driver.machinery(NamespaceRunner.HERE);
    try {
      new NamespaceThread(driver.syscalls())
          .<Void, Exception>inNew(
              () -> {
                new DurableExecutor(machinery.executor()).run(plan, file, domains, hold);
                return null;
              });
    } catch (IOException | StepFailedException | RuntimeException failure) {
      throw failure;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      machinery.releaseHeld();
    }
  }
}
