// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.InterfaceChangeOperation;
import io.domus.driver.NetworkUpdateOperation;

/** Where a change of an interface is made, as all commands that make some are told. */
final class InterfaceScope {
  private static final String CONFIG = "--config";
  private static final String LIVE = "--live";
  private static final String CURRENT = "--current";
  private static final String PERSISTENT = "--persistent";

  private InterfaceScope() {}

  static Syntax options(Syntax syntax) {
    return syntax
        .flag("Change the stored definition.", CONFIG)
        .flag("Change the guest that runs.", LIVE)
        .flag("Change both, or the definition if the guest does not run.", PERSISTENT)
        .flag("Change the guest, or the definition if it does not run.", CURRENT);
  }

  static NetworkUpdateOperation.Scope of(Session session, Arguments arguments, String name) {
    NetworkUpdateOperation.Scope present =
        new InterfaceChangeOperation(session.driver()).present(name);
    boolean config = arguments.flag(CONFIG) || arguments.flag(PERSISTENT);
    boolean live = arguments.flag(LIVE) || (arguments.flag(PERSISTENT) && present.live());
    return config || live ? new NetworkUpdateOperation.Scope(config, live) : present;
  }

  /** Why a guest that runs keeps what connects it. */
  private static final String CONNECTED =
      "an interface is links and rules of the host, and one of type 'user' is made when its guest"
          + " starts (--config changes the next start)";

  /** The interface that the second word means, as the stored definition knows it, too. */
  static String meant(Session session, Arguments arguments) {
    return new InterfaceChangeOperation(session.driver())
        .lasting(session.find(arguments.one(0)), arguments.one(1));
  }

  /** Makes a change, as far as whoever asks may do so. */
  static void run(
      Session session,
      Arguments arguments,
      String command,
      InterfaceChangeOperation.Choice choice) {
    String name = session.find(arguments.one(0));
    NetworkUpdateOperation.Scope scope = of(session, arguments, name);
    if (scope.live()) {
      session.requirePrivilege(command, CONNECTED);
    }
    session.requireWriter(command);
    new InterfaceChangeOperation(session.driver())
        .run(name, choice, scope)
        .forEach(session.err()::print);
  }
}
