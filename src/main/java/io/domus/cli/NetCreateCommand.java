// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.NetworkDefinition;
import io.domus.driver.NetworkStartOperation;

final class NetCreateCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("net-create", "Start a network from an XML file, without storing it.")
        .dryRun("Print the plan, and do nothing.")
        .one("FILE", "The definition; - reads stdin.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    DefinitionFile source = DefinitionFile.read(session, arguments.one(0));
    NetworkStartOperation start = new NetworkStartOperation(session.driver());
    if (arguments.dryRun()) {
      new DryRun(session).plan(start.rehearse(source.name(), source.bytes()));
      return OK;
    }
    session.requirePrivilege("net-create", Session.LINKS);
    NetworkDefinition definition = start.create(source.name(), source.bytes());
    definition.warnings().forEach(session.err()::print);
    session.say("Network " + definition.network().name() + " created from " + source.name());
    return OK;
  }
}
