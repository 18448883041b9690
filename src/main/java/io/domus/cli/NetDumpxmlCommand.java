// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.NetworkDef;
import io.domus.domain.OperationInvalidException;
import io.domus.driver.NetworkDefinitionReader;
import io.domus.xml.NetworkWriter;
import java.io.IOException;

final class NetDumpxmlCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("net-dumpxml", "Print the definition of a network in its canonical form.")
        .flag("Print the stored file, byte for byte.", "--source")
        .flag("Print what the next start will use, not what runs.", "--inactive")
        .network();
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    String name = session.findNetwork(arguments.one(0));
    if (arguments.flag("--source")) {
      byte[] stored =
          session
              .driver()
              .networks()
              .read(name)
              .orElseThrow(
                  () ->
                      new OperationInvalidException(
                          "no definition of network '" + name + "' is stored"));
      session.streams().bytes().write(stored);
      session.streams().bytes().flush();
      return OK;
    }
    NetworkDefinitionReader definitions = new NetworkDefinitionReader(session.driver());
    NetworkDef network =
        (arguments.flag("--inactive") ? definitions.stored(name) : definitions.present(name))
            .network();
    session.out().print(NetworkWriter.write(network));
    return OK;
  }
}
