// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.executor.NamespaceRunner;
import io.domus.executor.StepFailedException;
import io.domus.store.DomainRecord;
import io.domus.store.OperationJournal;
import io.domus.store.StepJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What ephemeral domains leave: each has a journal, committed before its start, of what is to be
 * removed when it has ended, however it ends.
 */
record EndedEphemerals(Driver driver) implements InterruptedWork {
  @Override
  public String kind(String name) {
    return "ephemeral run";
  }

  /**
   * Not those that run; one that has ended and was not cleared up after is still to be so. Where
   * there is a definition, somebody has kept it and died before the note was gone.
   */
  @Override
  public Set<String> begun() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String name : OperationJournal.begun(driver.layout().ephemerals())) {
      Optional<DomainRecord> record = driver.statuses().read(name);
      boolean kept = driver.definitions().exists(name);
      boolean ended =
          record.filter(found -> found.condition().state().active()).isEmpty()
              && !StepJournal.exists(driver.layout().domain(name).journal());
      if (kept || ended) {
        names.add(name);
      }
    }
    return names;
  }

  @Override
  public Set<String> domains(String name) {
    return Set.of(name);
  }

  @Override
  public void recover(String name) throws IOException {
    Path journal = journal(name);
    Optional<OperationJournal.Content> content = OperationJournal.read(journal);
    if (content.isPresent() && !driver.definitions().exists(name)) {
      try {
        driver.machinery(NamespaceRunner.HERE).executor().runToTheEnd(content.get().steps());
      } catch (StepFailedException failure) {
        throw new OperationFailedException(failure.getMessage(), failure);
      }
    }
    Files.deleteIfExists(journal);
  }

  boolean has(String name) {
    return Files.exists(journal(name));
  }

  /** Its data stays: somebody has made it a domain like any other. */
  void keep(String name) throws IOException {
    Files.deleteIfExists(journal(name));
  }

  private Path journal(String name) {
    return driver.layout().ephemerals().resolve(name);
  }
}
