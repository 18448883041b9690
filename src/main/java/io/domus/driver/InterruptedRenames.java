// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.store.DomainRename;
import io.domus.store.FileChanges;
import java.io.IOException;
import java.util.Set;

/** Renames of domains, by the former name. */
record InterruptedRenames(Driver driver) implements InterruptedWork {
  @Override
  public String kind(String former) {
    return "rename";
  }

  @Override
  public Set<String> begun() throws IOException {
    return DomainRename.begun(driver.layout());
  }

  @Override
  public Set<String> domains(String former) {
    return DomainRename.names(driver.layout(), former);
  }

  @Override
  public void recover(String former) throws IOException {
    Set<String> names = DomainRename.names(driver.layout(), former);
    DomainRename.recover(driver.layout(), FileChanges.DURABLE, former);
    for (String name : names) {
      if (!name.equals(former) && driver.definitions().exists(name)) {
        driver.idRanges().rename(former, name);
      }
    }
  }
}
