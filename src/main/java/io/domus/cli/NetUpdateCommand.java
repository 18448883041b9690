// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.NetworkUpdateOperation;
import io.domus.driver.NetworkUpdateOperation.Scope;
import io.domus.driver.NetworkUpdateOperation.Update;
import io.domus.plan.Plan;
import io.domus.xml.NetworkEdit;
import io.domus.xml.NetworkSection;
import io.domus.xml.XmlSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

final class NetUpdateCommand implements Action {
  private static final String CONFIG = "--config";
  private static final String LIVE = "--live";
  private static final String CURRENT = "--current";

  @Override
  public Syntax syntax() {
    return Syntax.of("net-update", "Change a part of a network.")
        .count("N", "Which of its <ip> the part is in, from 0.", "--parent-index")
        .flag("Change the stored definition.", CONFIG)
        .flag("Change the network that runs.", LIVE)
        .flag("Change what runs, or the definition if nothing does.", CURRENT)
        .dryRun("Print the plan, and do nothing.")
        .network()
        .one("COMMAND", "add-first, add-last (or add), modify or delete.")
        .one("SECTION", "The part, see below.")
        .one("XML", "The element, or a file with it.")
        .footer(
            "Sections: "
                + String.join(
                    ", ", Arrays.stream(NetworkSection.values()).map(NetworkSection::text).toList())
                + ". With neither "
                + CONFIG
                + " nor "
                + LIVE
                + " it is as with "
                + CURRENT
                + ". The rest of the stored file stays as it is, byte for byte.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    Update update = new Update(section(arguments), change(arguments), fragment(session, arguments));
    String name = session.findNetwork(arguments.one(0));
    NetworkUpdateOperation operation = new NetworkUpdateOperation(session.driver());
    boolean config = arguments.flag(CONFIG);
    boolean live = arguments.flag(LIVE);
    Scope scope = config || live ? new Scope(config, live) : operation.present(name);
    if (arguments.dryRun()) {
      Optional<Plan> plan = operation.rehearse(name, update, scope);
      plan.ifPresent(new DryRun(session)::plan);
      session.say("would update network " + name + " " + scope.text());
      return OK;
    }
    if (scope.live()) {
      session.requirePrivilege("net-update", Session.LINKS);
    }
    session.requireWriter("net-update");
    operation.run(name, update, scope);
    session.say("Updated network " + name + " " + scope.text());
    return OK;
  }

  private static NetworkEdit.Change change(Arguments arguments) {
    return switch (arguments.one(1)) {
      case "add-first" -> NetworkEdit.Change.ADD_FIRST;
      case "add", "add-last" -> NetworkEdit.Change.ADD_LAST;
      case "modify" -> NetworkEdit.Change.MODIFY;
      case "delete" -> NetworkEdit.Change.DELETE;
      default -> throw arguments.fault("there is no update command '" + arguments.one(1) + "'");
    };
  }

  private static NetworkSection section(Arguments arguments) {
    return Arrays.stream(NetworkSection.values())
        .filter(section -> section.text().equals(arguments.one(2)))
        .findFirst()
        .orElseThrow(() -> arguments.fault("there is no section '" + arguments.one(2) + "'"));
  }

  private static NetworkEdit.Fragment fragment(Session session, Arguments arguments) {
    String given = arguments.one(3);
    Integer index = arguments.<Integer>value("--parent-index", null);
    OptionalInt parent = index == null || index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    if (given.stripLeading().startsWith("<")) {
      byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
      return new NetworkEdit.Fragment(XmlSource.of("XML", bytes), parent);
    }
    DefinitionFile file = DefinitionFile.read(session, given);
    return new NetworkEdit.Fragment(XmlSource.of(file.name(), file.bytes()), parent);
  }
}
