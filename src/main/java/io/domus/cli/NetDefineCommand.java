// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.NetworkDefineOperation;
import io.domus.driver.NetworkDefinition;
import io.domus.driver.NetworkDefinitionReader;

final class NetDefineCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("net-define", "Store a network from an XML file.")
        .dryRun("Check the file and say what would be done.")
        .one("FILE", "The definition; - reads stdin.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    DefinitionFile source = DefinitionFile.read(session, arguments.one(0));
    if (arguments.dryRun()) {
      NetworkDefinition definition =
          new NetworkDefinitionReader(session.driver()).parse(source.name(), source.bytes());
      definition.warnings().forEach(session.err()::print);
      session.say("would define network " + definition.network().name());
      return OK;
    }
    session.requireWriter("net-define");
    NetworkDefinition definition =
        new NetworkDefineOperation(session.driver()).run(source.name(), source.bytes());
    definition.warnings().forEach(session.err()::print);
    session.say("Network " + definition.network().name() + " defined from " + source.name());
    return OK;
  }
}
