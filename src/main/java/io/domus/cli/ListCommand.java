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
        .flag("Only domains that start with the host.", "--autostart")
        .flag("Only domains that do not.", "--no-autostart")
        .flag("Print names only, one a line.", "--name")
        .flag("Print uuids only, one a line.", "--uuid")
        .output();
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    List<DomainView.Summary> chosen = new ArrayList<>();
    for (DomainView.Summary domain : new DomainView(session.driver()).all()) {
      boolean active = domain.condition().state().active();
      boolean wanted = arguments.flag("--all") || active != arguments.flag("--inactive");
      if (wanted && autostartFits(session, arguments, domain)) {
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
      session.out().print(table(session, chosen));
      if (chosen.isEmpty()) {
        session.tellOfOwn();
      }
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

  /** As in virsh both filters together are none. */
  private static boolean autostartFits(
      Session session, Arguments arguments, DomainView.Summary domain) {
    boolean with = arguments.flag("--autostart");
    boolean without = arguments.flag("--no-autostart");
    return with == without || autostart(session, domain).filter(on -> on == with).isPresent();
  }

  /**
   * Whether a domain starts with the host, as its file says now, whatever the guest runs from;
   * empty if the file cannot be read.
   */
  static Optional<Boolean> autostart(Session session, DomainView.Summary domain) {
    return domain.persistent()
        ? new DefinitionReader(session.driver()).autostart(domain.name())
        : Optional.of(false);
  }

  private static Table table(Session session, List<DomainView.Summary> domains) {
    Table table = new Table("Id", "Name", "State", "Autostart");
    for (DomainView.Summary domain : domains) {
      String id = domain.id().isPresent() ? domain.id().get().toString() : "-";
      String autostart = autostart(session, domain).map(on -> on ? "yes" : "no").orElse("-");
      table.row(id, domain.name(), domain.condition().toString(), autostart);
    }
    return table;
  }

  private static String json(Session session, List<DomainView.Summary> domains) throws IOException {
    List<Map<String, Object>> list = new ArrayList<>();
    for (DomainView.Summary domain : domains) {
      list.add(entry(domain, uuid(session, domain.name()), autostart(session, domain)));
    }
    return Json.render(list);
  }

  /** What {@code list} and {@code dominfo} say alike. */
  static Map<String, Object> entry(
      DomainView.Summary domain, Optional<UUID> uuid, Optional<Boolean> autostart) {
    Condition condition = domain.condition();
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("id", domain.id().orElse(null));
    entry.put("name", domain.name());
    entry.put("uuid", uuid.map(UUID::toString).orElse(null));
    entry.put("state", condition.state().text());
    entry.put("reason", condition.reason().orElse(null));
    entry.put("persistent", domain.persistent());
    entry.put("autostart", autostart.orElse(null));
    return entry;
  }
}
