// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/** What can be asked of a domain, as far as its state decides whether it may be. */
public enum Verb {
  START("start"),
  SHUTDOWN("shut down"),
  REBOOT("reboot"),
  DESTROY("destroy"),
  SUSPEND("suspend"),
  RESUME("resume"),
  MANAGEDSAVE("save"),
  CHECKPOINT("checkpoint"),
  EXEC("execute a command in"),
  CONSOLE("open the console of"),
  CLONE("clone"),
  FLATTEN("flatten");

  private final String phrase;

  Verb(String phrase) {
    this.phrase = phrase;
  }

  /** As it stands in "cannot … domain 'web'". */
  public String phrase() {
    return phrase;
  }
}
