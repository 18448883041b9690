// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.Definition;
import io.domus.plan.Plan;
import io.domus.plan.Warning;
import java.io.PrintStream;
import java.util.List;

/** Prints what the user should know and what stops nothing. */
final class Warnings {
  private Warnings() {}

  static void print(PrintStream err, Definition definition) {
    definition.warnings().forEach(err::print);
  }

  static void print(PrintStream err, Plan plan) {
    print(err, plan.warnings());
  }

  static void print(PrintStream err, List<Warning> warnings) {
    for (Warning warning : warnings) {
      String origin = warning.origin().inParentheses();
      err.println("warning: " + warning.text() + origin);
    }
  }
}
