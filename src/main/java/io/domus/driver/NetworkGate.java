// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.plan.Plan;
import io.domus.plan.Step;

/** A plan needs no installed programs; what carries it out does. */
final class NetworkGate {
  private NetworkGate() {}

  static void check(Plan plan) {
    for (Step step : plan.steps()) {
      if (step instanceof Step.RunCommand run) {
        require(run.command().program());
      } else if (step instanceof Step.StartHelper start) {
        require(start.command().program());
      }
    }
  }

  private static void require(String program) {
    if (HostTools.find(program).isEmpty()) {
      throw new ConfigUnsupportedException(program + " is not installed");
    }
  }
}
