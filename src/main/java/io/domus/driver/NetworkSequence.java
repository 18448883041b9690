// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.NetworkOrder;
import io.domus.compiler.NetworkStopCompiler;
import io.domus.domain.NetworkPaths;
import io.domus.executor.NamespaceRunner;
import io.domus.executor.StepFailedException;
import io.domus.plan.Plan;
import io.domus.store.NetworkRecord;
import io.domus.store.StepJournal;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Carries out plans of networks: all of one or nothing. The locks are held. */
final class NetworkSequence {
  private final Driver driver;

  NetworkSequence(Driver driver) {
    this.driver = driver;
  }

  /**
   * @param record what is written when all is done; from then on it stands
   */
  void run(String name, Plan plan, NetworkRecord record) throws IOException, StepFailedException {
    NetworkPaths paths = driver.layout().network(name);
    Files.createDirectories(paths.run());
    StepJournal journal = StepJournal.begin(paths.journal(record.generation()));
    try {
      driver.machinery(NamespaceRunner.HERE).executor().run(plan, journal);
      journal.close();
    } catch (StepFailedException | IOException | RuntimeException failure) {
      boolean clean = failure.getSuppressed().length == 0;
      if (clean) {
        journal.finish();
        removeTraces(driver, name);
      } else {
        journal.close();
      }
      throw failure;
    }
    driver.networkStatuses().write(name, record);
    Files.deleteIfExists(paths.journal(record.generation()));
  }

  /** Says first that the network is being ended, so that whoever follows a crash goes on. */
  void stop(String name, NetworkRecord record) throws IOException {
    driver.networkStatuses().write(name, record.withPhase(NetworkRecord.Phase.STOPPING));
    try {
      driver.machinery(NamespaceRunner.HERE).executor().runToTheEnd(stopPlan(name, record).steps());
    } catch (StepFailedException failure) {
      throw new IOException(failure.getMessage(), failure);
    }
    driver.networkStatuses().delete(name);
    removeTraces(driver, name);
  }

  Plan stopPlan(String name, NetworkRecord record) throws IOException {
    NetworkOrder order =
        new NetworkRuns(driver)
            .order(new NetworkDefinitionReader(driver).recorded(name, record).network());
    return NetworkStopCompiler.compile(order, new NetworkProbe(driver).facts(name));
  }

  /**
   * What is left of a network that does not run: the directory of the run, unless domains are noted
   * there, and of one that nobody has defined all the rest.
   */
  static void removeTraces(Driver driver, String name) throws IOException {
    NetworkPaths paths = driver.layout().network(name);
    if (driver.networkStatuses().read(name).isPresent()) {
      return;
    }
    removeIfEmpty(paths.ports());
    removeIfEmpty(paths.run());
    if (!driver.networks().exists(name)) {
      driver.networks().forget(name);
    }
  }

  private static void removeIfEmpty(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException kept) {
      return;
    }
  }
}
