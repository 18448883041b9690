// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.Condition;
import io.domus.driver.DefinitionReader;
import io.domus.driver.DomainView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

final class ListCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("list", "List the domains that run, or others.")
        .flag("Active and inactive domains.", "--all")
        .flag("Inactive domains only.", "--inactive")
        .flag("Print names only, one a line.", "--name")
        .flag("Print uuids only, one a line.", "--uuid")
        .output();
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    List<DomainView.Summary> chosen = new ArrayList<>();
    for (DomainView.Summary domain : new DomainView(session.driver()).all()) {
      boolean active = domain.condition().state().active();
      if (arguments.flag("--all") || active != arguments.flag("--inactive")) {
        chosen.add(domain);
      }
    }
    if (arguments.json()) {
      session.out().print(json(session, chosen));
    } else if (arguments.flag("--name") || arguments.flag("--uuid")) {
      for (DomainView.Summary domain : chosen) {
        session.out().println(line(session, arguments, domain.name()));
      }
    } else {
      session.out().print(table(chosen));
    }
    return OK;
  }

  private static String line(Session session, Arguments arguments, String name) {
    if (!arguments.flag("--uuid")) {
      return name;
    }
    String uuid = uuid(session, name).map(UUID::toString).orElse("-");
    return arguments.flag("--name") ? uuid + " " + name : uuid;
  }

  private static Optional<UUID> uuid(Session session, String name) {
    return new DefinitionReader(session.driver()).uuid(name);
  }

  private static Table table(List<DomainView.Summary> domains) {
    Table table = new Table("Id", "Name", "State");
    for (DomainView.Summary domain : domains) {
      String id = domain.id().isPresent() ? domain.id().get().toString() : "-";
      table.row(id, domain.name(), domain.condition().toString());
    }
    return table;
  }

  private static String json(Session session, List<DomainView.Summary> domains) throws IOException {
    List<Map<String, Object>> list = new ArrayList<>();
    for (DomainView.Summary domain : domains) {
      list.add(entry(domain, uuid(session, domain.name())));
    }
    return Json.render(list);
  }

  /** What {@code list} and {@code dominfo} say alike. */
  static Map<String, Object> entry(DomainView.Summary domain, Optional<UUID> uuid) {
    Condition condition = domain.condition();
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("id", domain.id().orElse(null));
    entry.put("name", domain.name());
    entry.put("uuid", uuid.map(UUID::toString).orElse(null));
    entry.put("state", condition.state().text());
    entry.put("reason", condition.reason().orElse(null));
    entry.put("persistent", domain.persistent());
    return entry;
  }
}
