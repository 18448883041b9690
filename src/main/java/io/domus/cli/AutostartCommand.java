// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.AutostartOnceOperation;
import io.domus.driver.AutostartOperation;
import io.domus.xml.DefinitionEdit.Edited;
import java.util.Optional;

final class AutostartCommand implements Action {
  private static final String ONCE = "--once";

  @Override
  public Syntax syntax() {
    return Syntax.of("autostart", "Say whether a domain starts with the host.")
        .flag("It does not.", "--disable")
        .flag("Only the next time that the host comes up, whatever its definition says.", ONCE)
        .dryRun("Say what would be changed.")
        .domain()
        .footer(
            "Changes the attribute 'enabled' of <autostart> in the stored definition, or adds it,"
                + " and leaves every other byte alone. A guest that runs goes on.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    boolean enabled = !arguments.flag("--disable");
    String mark = enabled ? "mark" : "unmark";
    if (arguments.flag(ONCE)) {
      return once(session, arguments, enabled, mark);
    }
    if (arguments.dryRun()) {
      String name = session.find(arguments.one(0));
      Optional<Edited> edited = new AutostartOperation(session.driver()).rehearse(name, enabled);
      session.say(
          edited.isPresent()
              ? "would " + mark + " domain '" + name + "' as autostarted"
              : "domain '" + name + "' is " + mark + "ed as autostarted already");
      edited.ifPresent(
          change ->
              session.say(
                  "  %s:%d: %s"
                      .formatted(
                          session.driver().layout().definition(name),
                          change.line(),
                          change.text())));
      return OK;
    }
    session.requireWriter("autostart");
    String name = session.find(arguments.one(0));
    new AutostartOperation(session.driver()).run(name, enabled);
    session.say("Domain '" + name + "' " + mark + "ed as autostarted");
    return OK;
  }

  private static int once(Session session, Arguments arguments, boolean now, String mark) {
    AutostartOnceOperation operation = new AutostartOnceOperation(session.driver());
    String name = session.find(arguments.one(0));
    if (arguments.dryRun()) {
      operation.check(name);
      session.say("would " + mark + " domain '" + name + "' as autostarted once");
      return OK;
    }
    session.requireWriter("autostart");
    operation.run(name, now);
    session.say("Domain '" + name + "' " + mark + "ed as autostarted once");
    return OK;
  }
}
