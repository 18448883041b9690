// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainDef;
import io.domus.domain.GuestMac;
import io.domus.domain.OperationInvalidException;
import io.domus.driver.Definition;
import io.domus.driver.DefinitionReader;
import io.domus.driver.InterfaceView;
import io.domus.xml.DomainWriter;
import java.io.IOException;

final class DumpxmlCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("dumpxml", "Print the definition of a domain in its canonical form.")
        .flag("Print the stored file, byte for byte.", "--source")
        .flag("Print what the next start will use, not what the guest runs from.", "--inactive")
        .domain();
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    String name = session.find(arguments.one(0));
    if (arguments.flag("--source")) {
      session.streams().bytes().write(stored(session, name));
      session.streams().bytes().flush();
      return OK;
    }
    DefinitionReader definitions = new DefinitionReader(session.driver());
    Definition definition =
        arguments.flag("--inactive") ? definitions.stored(name) : definitions.present(name);
    DomainDef domain =
        arguments.flag("--inactive")
            ? GuestMac.complete(definition.domain())
            : new InterfaceView(session.driver()).shown(definition.domain());
    session.out().print(DomainWriter.write(session.driver().withLayers(domain)));
    return OK;
  }

  /** The very bytes that were defined. */
  static byte[] stored(Session session, String name) throws IOException {
    return session
        .driver()
        .definitions()
        .read(name)
        .orElseThrow(
            () ->
                new OperationInvalidException("no definition of domain '" + name + "' is stored"));
  }
}
