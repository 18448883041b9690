// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.SnapshotView;
import io.domus.store.StoredSnapshot;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

final class SnapshotInfoCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("snapshot-info", "Say what a snapshot is, in a few lines.")
        .output()
        .domain()
        .one("SNAPSHOT", "The snapshot's name.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    String domain = session.find(arguments.one(0));
    SnapshotView view = new SnapshotView(session.driver());
    StoredSnapshot snapshot = view.one(domain, arguments.one(1));
    List<StoredSnapshot> all = view.all(domain);
    Stream<StoredSnapshot> children =
        all.stream().filter(each -> each.parent().filter(snapshot.name()::equals).isPresent());
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", snapshot.name());
    facts.put("domain", domain);
    facts.put("current", view.current(domain).filter(snapshot::equals).isPresent());
    facts.put("state", SnapshotListCommand.state(snapshot));
    facts.put("memory", snapshot.memory());
    facts.put("created", snapshot.created().toString());
    facts.put("parent", snapshot.parent().orElse(null));
    facts.put("children", children.count());
    facts.put("descendants", SnapshotView.descendants(snapshot, all).size());
    facts.put("path", snapshot.paths().directory().toString());
    if (arguments.json()) {
      session.out().print(Json.render(facts));
    } else {
      facts.forEach(
          (name, value) -> session.out().println("%-15s %s".formatted(title(name), word(value))));
    }
    return OK;
  }

  private static String title(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1) + ":";
  }

  private static Object word(Object value) {
    return switch (value) {
      case null -> "-";
      case Boolean yes -> yes ? "yes" : "no";
      case Object other -> other;
    };
  }
}
