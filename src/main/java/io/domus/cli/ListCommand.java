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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List domains; those that run, if not told otherwise.")
final class ListCommand implements Action {
  private final Session session;

  @Option(names = "--all", description = "Active and inactive domains.")
  private boolean all;

  @Option(names = "--inactive", description = "Inactive domains only.")
  private boolean inactive;

  @Option(names = "--name", description = "Names only, one a line.")
  private boolean name;

  @Option(names = "--uuid", description = "Uuids only, one a line.")
  private boolean uuid;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text or json.")
  private OutputFormat output = OutputFormat.text;

  ListCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws IOException {
    List<DomainView.Summary> chosen = new ArrayList<>();
    for (DomainView.Summary domain : new DomainView(session.driver()).all()) {
      boolean active = domain.condition().state().active();
      if (all || active != inactive) {
        chosen.add(domain);
      }
    }
    if (output == OutputFormat.json) {
      session.out().print(json(chosen));
    } else if (name || uuid) {
      chosen.forEach(domain -> session.out().println(line(domain)));
    } else {
      session.out().print(table(chosen));
    }
    return OK;
  }

  private String line(DomainView.Summary domain) {
    if (!uuid) {
      return domain.name();
    }
    return name ? uuid(domain.name()) + " " + domain.name() : uuid(domain.name());
  }

  private String uuid(String domain) {
    var found = new DefinitionReader(session.driver()).uuid(domain);
    return found.isPresent() ? found.get().toString() : "-";
  }

  private static Table table(List<DomainView.Summary> domains) {
    Table table = new Table("Id", "Name", "State");
    for (DomainView.Summary domain : domains) {
      String id = domain.id().isPresent() ? domain.id().get().toString() : "-";
      table.row(id, domain.name(), domain.condition().toString());
    }
    return table;
  }

  private String json(List<DomainView.Summary> domains) throws IOException {
    List<Map<String, Object>> list = new ArrayList<>();
    for (DomainView.Summary domain : domains) {
      Condition condition = domain.condition();
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("id", domain.id().orElse(null));
      entry.put("name", domain.name());
      entry.put("uuid", uuid(domain.name()));
      entry.put("state", condition.state().text());
      entry.put("reason", condition.reason().orElse(null));
      entry.put("persistent", domain.persistent());
      list.add(entry);
    }
    return Json.render(list);
  }
}
