// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.HostFacts;
import io.domus.domain.OperationFailedException;
import io.domus.plan.Plan;
import io.domus.plan.Warning;

/** A plan assumes what is missing and says so; a start does not. */
final class SourceGate {
  private SourceGate() {}

  /**
   * @throws OperationFailedException naming the first source that is not what the definition says
   */
  static void check(String domain, HostFacts facts, Plan plan) {
    sources("start domain '" + domain + "'", plan);
    if (facts.ids().isEmpty()) {
      throw new OperationFailedException(
          "cannot start domain '"
              + domain
              + "': inituser or initgroup is not in the guest's passwd or group file");
    }
  }

  /**
   * @param doing completes "cannot …"
   */
  static void sources(String doing, Plan plan) {
    for (Warning warning : plan.warnings()) {
      if (warning.text().contains(": assumed ") || warning.text().contains(", not a ")) {
        String what = warning.text().replaceFirst(": assumed .*", "");
        throw new OperationFailedException(
            "cannot " + doing + ": " + what + warning.origin().inParentheses());
      }
    }
  }
}
