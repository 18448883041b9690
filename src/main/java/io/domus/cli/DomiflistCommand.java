// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.InterfaceView;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class DomiflistCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("domiflist", "List the network interfaces of a domain.")
        .flag("Those that the next start will make.", "--inactive")
        .output()
        .domain();
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    String name = session.find(arguments.one(0));
    List<InterfaceView.Row> rows =
        new InterfaceView(session.driver()).rows(name, arguments.flag("--inactive"));
    if (arguments.json()) {
      session.out().print(Json.render(rows.stream().map(DomiflistCommand::entry).toList()));
      return OK;
    }
    Table table = new Table("Interface", "Type", "Source", "Model", "MAC");
    for (InterfaceView.Row row : rows) {
      table.row(row.name().orElse("-"), row.type(), row.source().orElse("-"), "-", row.mac());
    }
    session.out().print(table);
    return OK;
  }

  private static Map<String, Object> entry(InterfaceView.Row row) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("interface", row.name().orElse(null));
    entry.put("guest", row.guest().orElse(null));
    entry.put("type", row.type());
    entry.put("source", row.source().orElse(null));
    entry.put("mac", row.mac());
    entry.put("link", row.up() ? "up" : "down");
    return entry;
  }
}
