// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.NetworkView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

final class NetListCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("net-list", "List the networks that run, or others.")
        .flag("Active and inactive networks.", "--all")
        .flag("Inactive networks only.", "--inactive")
        .flag("Only networks that are defined.", "--persistent")
        .flag("Only networks that are not.", "--transient")
        .flag("Only networks that start with the host.", "--autostart")
        .flag("Only networks that do not.", "--no-autostart")
        .flag("Print names only, one a line.", "--name")
        .flag("Print uuids only, one a line.", "--uuid")
        .output();
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    List<NetworkView.Summary> chosen = new ArrayList<>();
    for (NetworkView.Summary network : new NetworkView(session.driver()).all()) {
      boolean wanted = arguments.flag("--all") || network.active() != arguments.flag("--inactive");
      if (wanted
          && fits(arguments, "--persistent", "--transient", network.persistent())
          && fits(arguments, "--autostart", "--no-autostart", network.autostart())) {
        chosen.add(network);
      }
    }
    if (arguments.json()) {
      session.out().print(Json.render(chosen.stream().map(NetListCommand::entry).toList()));
    } else if (arguments.flag("--name")) {
      chosen.forEach(network -> session.out().println(network.name()));
    } else if (arguments.flag("--uuid")) {
      chosen.forEach(
          network -> session.out().println(network.uuid().map(UUID::toString).orElse("-")));
    } else {
      session.out().print(table(chosen));
    }
    return OK;
  }

  /** As in virsh both filters together are none. */
  private static boolean fits(Arguments arguments, String with, String without, boolean is) {
    return arguments.flag(with) == arguments.flag(without) || arguments.flag(with) == is;
  }

  private static Table table(List<NetworkView.Summary> networks) {
    Table table = new Table("Name", "State", "Autostart", "Persistent");
    for (NetworkView.Summary network : networks) {
      table.row(
          network.name(), network.state(), yes(network.autostart()), yes(network.persistent()));
    }
    return table;
  }

  static String yes(boolean is) {
    return is ? "yes" : "no";
  }

  /** What {@code net-list} and {@code net-info} say alike. */
  static Map<String, Object> entry(NetworkView.Summary network) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", network.name());
    entry.put("uuid", network.uuid().map(UUID::toString).orElse(null));
    entry.put("active", network.active());
    entry.put("state", network.state());
    entry.put("persistent", network.persistent());
    entry.put("autostart", network.autostart());
    entry.put("bridge", network.bridge().orElse(null));
    return entry;
  }
}
