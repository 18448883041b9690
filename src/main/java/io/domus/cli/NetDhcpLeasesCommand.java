// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.NetworkView;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class NetDhcpLeasesCommand implements Action {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  @Override
  public Syntax syntax() {
    return Syntax.of("net-dhcp-leases", "List who has which address in a network.")
        .value("MAC", "Only those of this hardware address.", "--mac")
        .output()
        .network()
        .footer(
            "Shows what DHCP clients were given, and what is reserved for domains while they run:"
                + " the latter without a time.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    String name = session.findNetwork(arguments.one(0));
    List<NetworkView.Lease> leases =
        new NetworkView(session.driver())
            .leases(name).stream()
                .filter(
                    lease ->
                        arguments
                            .text("--mac")
                            .map(mac -> lease.mac().filter(mac::equalsIgnoreCase).isPresent())
                            .orElse(true))
                .toList();
    if (arguments.json()) {
      List<Map<String, Object>> list = new ArrayList<>();
      leases.forEach(lease -> list.add(entry(lease)));
      session.out().print(Json.render(list));
      return OK;
    }
    Table table =
        new Table(
            "Expiry Time",
            "MAC address",
            "Protocol",
            "IP address",
            "Hostname",
            "Client ID or DUID");
    for (NetworkView.Lease lease : leases) {
      table.row(
          lease.expiry().map(NetDhcpLeasesCommand::local).orElse("-"),
          lease.mac().orElse("-"),
          lease.address().family().text(),
          lease.address() + "/" + lease.prefix(),
          lease.name().orElse("-"),
          lease.client().orElse("-"));
    }
    session.out().print(table);
    return OK;
  }

  private static String local(Instant time) {
    return TIME.format(time.atZone(ZoneId.systemDefault()));
  }

  private static Map<String, Object> entry(NetworkView.Lease lease) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("expiry", lease.expiry().map(Instant::toString).orElse(null));
    entry.put("mac", lease.mac().orElse(null));
    entry.put("protocol", lease.address().family().text());
    entry.put("address", lease.address().toString());
    entry.put("prefix", lease.prefix());
    entry.put("hostname", lease.name().orElse(null));
    entry.put("client", lease.client().orElse(null));
    return entry;
  }
}
