// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.DefinitionReader;
import java.util.UUID;

final class DomuuidCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("domuuid", "Print the uuid of a domain.").domain();
  }

  @Override
  public int run(Session session, Arguments arguments) {
    String name = session.find(arguments.one(0));
    DefinitionReader definitions = new DefinitionReader(session.driver());
    UUID uuid =
        definitions
            .uuid(name)
            .or(() -> definitions.present(name).domain().uuid())
            .orElseThrow(() -> new IllegalStateException("domain '" + name + "' has no uuid"));
    session.out().println(uuid);
    return OK;
  }
}
