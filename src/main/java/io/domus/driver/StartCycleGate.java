// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainDef;
import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.OperationFailedException;
import io.domus.xml.DomainWriter;
import io.domus.xml.FaultText;
import io.domus.xml.StartCycles;
import io.domus.xml.XmlFault;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Refuses a definition with which domains would wait for one another. */
public final class StartCycleGate {
  private StartCycleGate() {}

  /**
   * @param file how messages name the definition
   * @throws InvalidDefinitionException with the place of each {@code <after>}
   */
  public static void check(Driver driver, String file, Definition definition) {
    check(driver, definition.domain(), () -> XmlSource.of(file, definition.bytes()));
  }

  /**
   * The same of a definition that nobody has written: places are those of its canonical form.
   *
   * @param what messages call it
   */
  static void check(Driver driver, String what, DomainDef domain) {
    check(
        driver,
        domain,
        () -> XmlSource.of(what, DomainWriter.write(domain).getBytes(StandardCharsets.UTF_8)));
  }

  private static void check(Driver driver, DomainDef domain, Supplier<XmlSource> source) {
    if (domain.autostart().after().isEmpty()) {
      return;
    }
    List<XmlFault> faults = StartCycles.faults(source.get(), name -> stored(driver, name));
    if (!faults.isEmpty()) {
      throw new InvalidDefinitionException(FaultText.render(faults));
    }
  }

  private static Optional<XmlSource> stored(Driver driver, String name) {
    if (!DomainDef.isName(name)) {
      return Optional.empty();
    }
    try {
      return driver
          .definitions()
          .read(name)
          .map(bytes -> XmlSource.of(driver.layout().definition(name).toString(), bytes));
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot read the definition of domain '" + name + "': " + failure.getMessage(), failure);
    }
  }
}
