// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainDef;
import io.domus.domain.DomainState;
import io.domus.domain.ShutdownPolicy;
import io.domus.domain.Transitions;
import io.domus.domain.Verb;
import io.domus.driver.DefinitionReader;
import io.domus.driver.Dependants;
import io.domus.driver.DomainView;
import io.domus.driver.ManagedSave;
import io.domus.driver.PlanOperation;
import io.domus.plan.Plan;
import io.domus.plan.PlanText;
import java.time.Duration;
import java.util.Optional;

/** Says what a verb would do to a domain, if it may be done at all, and does nothing. */
final class DryRun {
  private final Session session;

  DryRun(Session session) {
    this.session = session;
  }

  /**
   * @param forceBoot whether a managed save image is thrown away
   */
  void start(String name, boolean forceBoot) {
    check(name, Verb.START);
    boolean saved = new ManagedSave(session.driver(), name).exists();
    if (saved && !forceBoot) {
      plan(new PlanOperation(session.driver()).restore(name));
      return;
    }
    DomainDef domain = new DefinitionReader(session.driver()).stored(name).domain();
    Dependants.look(session.driver(), domain, "cannot start domain '" + name + "'");
    if (saved) {
      session.err().println(wouldDiscard(name));
    }
    plan(new PlanOperation(session.driver()).start(domain));
  }

  static String wouldDiscard(String name) {
    return "would remove the managed save image of domain '" + name + "'";
  }

  static String wouldDelete(String snapshot) {
    return "would delete snapshot '" + snapshot + "'";
  }

  void destroy(String name) {
    check(name, Verb.DESTROY);
    plan(new PlanOperation(session.driver()).stop(present(name)));
  }

  /**
   * @param timeout how long it would be waited for, if not as the definition says
   */
  void shutdown(String name, Optional<Duration> timeout) {
    check(name, Verb.SHUTDOWN);
    ShutdownPolicy policy = present(name).shutdown();
    session.say(
        "would send "
            + policy.signal()
            + " to domain '"
            + name
            + "', which has "
            + timeout.orElse(policy.timeout()).toSeconds()
            + " s to end");
  }

  /** One line is all there is to say. */
  void line(Verb verb, String name) {
    check(name, verb);
    session.say("would " + verb.phrase() + " domain '" + name + "'");
  }

  void plan(Plan plan) {
    Warnings.print(session.err(), plan);
    session.out().print(PlanText.render(plan));
  }

  void check(String name, Verb verb) {
    DomainState state = new DomainView(session.driver()).one(name).condition().state();
    Transitions.check(name, state, verb);
  }

  private DomainDef present(String name) {
    return new DefinitionReader(session.driver()).present(name).domain();
  }
}
