// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.ReceptionService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** What a domus on another host starts here, by ssh, to move a guest here; no user needs it. */
final class MigrateReceiveCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("migrate-receive", "Take in a guest from another host.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    session.requirePrivilege("migrate-receive", Session.PROCESSES);
    Streams streams = session.streams();
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(streams.in(), StandardCharsets.UTF_8));
    new ReceptionService(session.driver(), streams.bytes()).run(questions);
    return OK;
  }
}
