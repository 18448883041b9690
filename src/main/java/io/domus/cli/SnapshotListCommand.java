// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.SnapshotView;
import io.domus.store.StoredSnapshot;
import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class SnapshotListCommand implements Action {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss Z");

  @Override
  public Syntax syntax() {
    return Syntax.of("snapshot-list", "List the snapshots of a domain.")
        .flag("Draw which was taken after which.", "--tree")
        .flag("Print names alone.", "--name")
        .output()
        .domain();
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    String domain = session.find(arguments.one(0));
    SnapshotView view = new SnapshotView(session.driver());
    List<StoredSnapshot> all = view.all(domain);
    Optional<String> current = view.current(domain).map(StoredSnapshot::name);
    if (arguments.json()) {
      session.out().print(Json.render(all.stream().map(each -> entry(each, current)).toList()));
    } else if (arguments.flag("--name")) {
      all.forEach(each -> session.out().println(each.name()));
    } else if (arguments.flag("--tree")) {
      session.out().print(TreeText.render(nodes(all, Optional.empty())));
    } else {
      Table table = new Table("Name", "Creation Time", "State");
      all.forEach(
          each ->
              table.row(
                  each.name(),
                  TIME.format(each.created().atZone(ZoneId.systemDefault())),
                  state(each)));
      session.out().print(table);
    }
    return OK;
  }

  static String state(StoredSnapshot snapshot) {
    return snapshot.description().state().map(each -> each.text()).orElse("-");
  }

  /** One whose parent is gone is a root. */
  private static List<TreeText.Node> nodes(List<StoredSnapshot> all, Optional<String> parent) {
    List<String> names = all.stream().map(StoredSnapshot::name).toList();
    List<TreeText.Node> nodes = new ArrayList<>();
    for (StoredSnapshot each : all) {
      if (each.parent().filter(names::contains).equals(parent)) {
        nodes.add(new TreeText.Node(each.name(), nodes(all, Optional.of(each.name()))));
      }
    }
    return nodes;
  }

  private static Map<String, Object> entry(StoredSnapshot snapshot, Optional<String> current) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", snapshot.name());
    tree.put("created", snapshot.created().toString());
    tree.put("state", state(snapshot));
    tree.put("memory", snapshot.memory());
    tree.put("parent", snapshot.parent().orElse(null));
    tree.put("current", current.filter(snapshot.name()::equals).isPresent());
    tree.put("description", snapshot.description().description().orElse(null));
    tree.put("path", snapshot.paths().directory().toString());
    return tree;
  }
}
