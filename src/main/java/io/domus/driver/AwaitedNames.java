// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Autostart;
import io.domus.domain.OperationFailedException;
import io.domus.xml.AwaitedDomains;
import io.domus.xml.Remarks;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The names in {@code <after>} that nobody waits for. */
public final class AwaitedNames {
  private final Set<String> defined;

  private AwaitedNames(Set<String> defined) {
    this.defined = defined;
  }

  public static AwaitedNames of(Driver driver) {
    try {
      return new AwaitedNames(new TreeSet<>(driver.definitions().names()));
    } catch (IOException failure) {
      throw new OperationFailedException("cannot list domains: " + failure.getMessage(), failure);
    }
  }

  /** Warns of those that are not defined when this definition is stored. */
  static void remark(Driver driver, String file, Definition definition, Remarks remarks) {
    if (definition.domain().autostart().after().isEmpty()) {
      return;
    }
    Set<String> others = of(driver).defined;
    others.remove(definition.domain().name());
    AwaitedDomains.remark(XmlSource.of(file, definition.bytes()), others, remarks);
  }

  /**
   * Why those that one names are not waited for, of each that is not.
   *
   * @param started the names of those that are started
   */
  public List<String> inVain(Autostart autostart, Set<String> started) {
    return autostart.after().stream()
        .filter(name -> !started.contains(name))
        .distinct()
        .map(
            name ->
                defined.contains(name)
                    ? "'%s' is not waited for: it is not one of those that start".formatted(name)
                    : AwaitedDomains.notAwaited(name, defined))
        .toList();
  }
}
