// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NearestName;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Warnings about {@code <after>} that names nobody. */
public final class AwaitedDomains {
  private static final String RULE = "start.after-unknown";

  private AwaitedDomains() {}

  /**
   * @param definition known to be a valid domain
   * @param known the names of the others that are defined
   */
  public static void remark(XmlSource definition, Set<String> known, Remarks remarks) {
    AtomicReference<Supplier<DefinitionSummary>> summary = new AtomicReference<>();
    new DocumentValidator().read(definition, summary::set);
    for (Claim claim : summary.get().get().claims()) {
      if (claim.role() == Claim.Role.AFTER && !known.contains(claim.value())) {
        remarks.add(RULE, claim.at(), notAwaited(claim.value(), known));
      }
    }
  }

  /** What is said of one that is not among those that are defined. */
  public static String notAwaited(String name, Set<String> known) {
    return Printable.quoted(name)
        + " is not waited for: no such domain is defined"
        + NearestName.hint(name, known);
  }
}
