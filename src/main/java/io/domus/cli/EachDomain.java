// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Does one thing to several domains: the failure of one does not keep the others from it. */
final class EachDomain {
  private final Session session;
  private final UnaryOperator<String> find;
  private final List<String> arguments;
  private final AtomicInteger failed = new AtomicInteger();

  /**
   * @param arguments names, uuids or ids
   */
  EachDomain(Session session, List<String> arguments) {
    this(session, arguments, session::find);
  }

  private EachDomain(Session session, List<String> arguments, UnaryOperator<String> find) {
    this.session = session;
    this.arguments = arguments;
    this.find = find;
  }

  /** The same to several networks, by name or uuid. */
  static EachDomain networks(Session session, List<String> arguments) {
    return new EachDomain(session, arguments, session::findNetwork);
  }

  /** What is done to one domain. */
  @FunctionalInterface
  interface Work {
    void accept(String name) throws IOException;
  }

  /** Failures are printed; the exit status says whether all, some or none failed. */
  int run(Work work) {
    arguments.forEach(argument -> attempt(argument, work));
    return status();
  }

  /** The same, a thread for each. */
  int runTogether(Work work) {
    List<Thread> threads = new ArrayList<>();
    for (String argument : arguments) {
      threads.add(Thread.ofPlatform().start(() -> attempt(argument, work)));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Action.FAILED;
    }
    return status();
  }

  private void attempt(String argument, Work work) {
    try {
      work.accept(find.apply(argument));
    } catch (DomainException | IOException failure) {
      session.errors().print(failure);
      failed.incrementAndGet();
    }
  }

  private int status() {
    if (failed.get() == 0) {
      return Action.OK;
    }
    return failed.get() == arguments.size() ? Action.FAILED : Action.PARTLY_FAILED;
  }
}
