// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.CreateOperation;
import io.domus.driver.Definition;
import io.domus.driver.DefinitionReader;

final class CreateCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("create", "Start a domain from an XML file, without storing it.")
        .dryRun("Print the plan, and do nothing.")
        .one("FILE", "The definition; - reads stdin.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    DefinitionFile source = DefinitionFile.read(session, arguments.one(0));
    if (arguments.dryRun()) {
      Definition definition =
          new DefinitionReader(session.driver()).parse(source.name(), source.bytes());
      Warnings.print(session.err(), definition);
      new DryRun(session).plan(new CreateOperation(session.driver()).rehearse(definition.domain()));
      return OK;
    }
    session.requireRoot("create");
    session.warnOfLimits();
    Definition definition =
        new CreateOperation(session.driver()).run(source.name(), source.bytes());
    Warnings.print(session.err(), definition);
    session.say("Domain '" + definition.domain().name() + "' created from " + source.name());
    return OK;
  }
}
