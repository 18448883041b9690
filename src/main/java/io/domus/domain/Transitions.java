// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/**
 * Which verb is allowed in which state; README shows it as a table, and a test compares the two.
 */
public final class Transitions {
  private Transitions() {}

  public static boolean allowed(DomainState state, Verb verb) {
    return switch (verb) {
      case START, CLONE, FLATTEN -> !state.active();
      case SHUTDOWN, REBOOT, SUSPEND, EXEC -> state == DomainState.RUNNING;
      case RESUME -> state == DomainState.PAUSED;
      case DESTROY, CONSOLE, MANAGEDSAVE, CHECKPOINT -> state.active();
    };
  }

  /**
   * @throws OperationInvalidException if the verb does not fit the state
   */
  public static void check(String domain, DomainState state, Verb verb) {
    check(domain, state, verb, verb.phrase());
  }

  /**
   * The same for who calls it otherwise.
   *
   * @param phrase as it stands in "cannot … domain 'web'"
   */
  public static void check(String domain, DomainState state, Verb verb, String phrase) {
    if (!allowed(state, verb)) {
      throw new OperationInvalidException(
          "cannot " + phrase + " domain '" + domain + "': domain is " + complaint(state, verb));
    }
  }

  private static String complaint(DomainState state, Verb verb) {
    if (verb == Verb.START) {
      return state == DomainState.PAUSED ? "already active (paused)" : "already running";
    }
    return state.active() ? state.text() : "not running";
  }
}
