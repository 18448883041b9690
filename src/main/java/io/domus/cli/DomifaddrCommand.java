// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.InterfaceView;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class DomifaddrCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("domifaddr", "List the addresses of a domain that runs.")
        .output()
        .domain()
        .optional("INTERFACE", "Only of this one: a device's name, or a MAC address.")
        .footer("Shows what the definition gives the guest, and what was reserved for it.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    String name = session.find(arguments.one(0));
    Optional<String> only = arguments.optional(1);
    List<InterfaceView.Address> addresses =
        new InterfaceView(session.driver())
            .addresses(name).stream()
                .filter(each -> only.isEmpty() || each.row().isCalled(only.get()))
                .toList();
    if (arguments.json()) {
      session.out().print(Json.render(addresses.stream().map(DomifaddrCommand::entry).toList()));
      return OK;
    }
    Table table = new Table("Name", "MAC address", "Protocol", "Address");
    for (InterfaceView.Address each : addresses) {
      table.row(
          each.row().name().orElse("-"),
          each.row().mac(),
          each.address().family().text(),
          each.address() + "/" + each.prefix());
    }
    session.out().print(table);
    return OK;
  }

  private static Map<String, Object> entry(InterfaceView.Address each) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("interface", each.row().name().orElse(null));
    entry.put("guest", each.row().guest().orElse(null));
    entry.put("mac", each.row().mac());
    entry.put("protocol", each.address().family().text());
    entry.put("address", each.address().toString());
    entry.put("prefix", each.prefix());
    return entry;
  }
}
