// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.DefineOperation;
import io.domus.driver.Definition;

final class DefineCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("define", "Store a domain from an XML file.")
        .dryRun("Check the file and say what would be done.")
        .one("FILE", "The definition; - reads stdin.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    DefinitionFile source = DefinitionFile.read(session, arguments.one(0));
    if (arguments.dryRun()) {
      Definition definition =
          new DefineOperation(session.driver()).rehearse(source.name(), source.bytes());
      Warnings.print(session.err(), definition);
      session.say("would define domain '" + definition.domain().name() + "'");
      return OK;
    }
    session.requireWriter("define");
    Definition definition =
        new DefineOperation(session.driver()).run(source.name(), source.bytes());
    Warnings.print(session.err(), definition);
    session.say("Domain '" + definition.domain().name() + "' defined from " + source.name());
    return OK;
  }
}
