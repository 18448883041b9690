// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.executor.NamespaceRunner;
import io.domus.executor.StepFailedException;
import io.domus.store.DomainRecord;
import io.domus.store.OperationJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Operations on storage, by the name of their journal. */
record InterruptedStorage(Driver driver) implements InterruptedWork {
  @Override
  public String kind(String id) {
    try {
      return OperationJournal.read(journal(id))
          .map(OperationJournal.Content::operation)
          .orElse("operation");
    } catch (IOException unreadable) {
      return "operation";
    }
  }

  @Override
  public Set<String> begun() throws IOException {
    return new TreeSet<>(OperationJournal.begun(driver.layout().operations()));
  }

  @Override
  public Set<String> domains(String id) throws IOException {
    TreeSet<String> domains = new TreeSet<>(Set.of(id));
    OperationJournal.read(journal(id)).ifPresent(content -> domains.addAll(content.domains()));
    return domains;
  }

  @Override
  public void recover(String id) throws IOException {
    Optional<OperationJournal.Content> content = OperationJournal.read(journal(id));
    if (content.isPresent()) {
      try {
        driver.machinery(NamespaceRunner.HERE).executor().runToTheEnd(content.get().steps());
      } catch (StepFailedException failure) {
        throw new OperationFailedException(failure.getMessage(), failure);
      }
      for (String domain : content.get().domains()) {
        releaseLeases(domain);
      }
    }
    Files.deleteIfExists(journal(id));
  }

  private void releaseLeases(String domain) throws IOException {
    Optional<DomainRecord> record = driver.statuses().read(domain);
    if (record.filter(found -> found.condition().state().active()).isEmpty()) {
      driver.leases().release(domain);
    }
  }

  private Path journal(String id) {
    return driver.layout().operations().resolve(id);
  }
}
