// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.DefineOperation;
import io.domus.driver.Definition;
import io.domus.driver.DefinitionReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "define", description = "Store a domain from an XML file.")
final class DefineCommand implements Action {
  private final Session session;

  @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
  private boolean dryRun;

  @Parameters(paramLabel = "FILE", description = "The definition; - reads stdin.")
  private String file;

  DefineCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() {
    DefinitionFile source = DefinitionFile.read(session, file);
    if (dryRun) {
      Definition definition =
          new DefinitionReader(session.driver()).parse(source.name(), source.bytes());
      definition.warnings().forEach(session.err()::print);
      session.say("would define domain '" + definition.domain().name() + "' from " + source.name());
      return OK;
    }
    session.requireWriter("define");
    Definition definition =
        new DefineOperation(session.driver()).run(source.name(), source.bytes());
    definition.warnings().forEach(session.err()::print);
    session.say("Domain '" + definition.domain().name() + "' defined from " + source.name());
    return OK;
  }
}
