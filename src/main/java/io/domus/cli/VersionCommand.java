// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.HostVersions;
import java.io.IOException;
import java.util.Map;

final class VersionCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("version", "Print the versions of Domus and of what it works with.").output();
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    Map<String, String> versions = new HostVersions(session.driver()).all(domus());
    if (arguments.json()) {
      session.out().print(Json.render(versions));
      return OK;
    }
    versions.forEach((what, version) -> session.out().println(what + ": " + version));
    return OK;
  }

  /** As the jar's manifest has it. */
  static String domus() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
