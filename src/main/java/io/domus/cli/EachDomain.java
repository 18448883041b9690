// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainException;
import java.io.IOException;
import java.util.List;

/** Does one thing to several domains: the failure of one does not keep the others from it. */
final class EachDomain {
  private final Session session;
  private final List<String> arguments;

  /**
   * @param arguments names, uuids or ids
   */
  EachDomain(Session session, List<String> arguments) {
    this.session = session;
    this.arguments = arguments;
  }

  /** What is done to one domain. */
  @FunctionalInterface
  interface Work {
    void accept(String name) throws IOException;
  }

  /** Failures are printed; the exit status says whether all, some or none failed. */
  int run(Work work) {
    int failed = 0;
    for (String argument : arguments) {
      try {
        work.accept(session.find(argument));
      } catch (DomainException | IOException failure) {
        ErrorPrinter.of(session).print(failure);
        failed++;
      }
    }
    if (failed == 0) {
      return Action.OK;
    }
    return failed == arguments.size() ? Action.FAILED : Action.PARTLY_FAILED;
  }
}
