// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.LayerCheckOperation;
import io.domus.driver.LayerInventory;
import io.domus.driver.LayerTree;
import io.domus.driver.PruneOperation;
import io.domus.plan.PlanText;
import io.domus.store.StoredLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class LayersCommand implements Action {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  @Override
  public Syntax syntax() {
    return Syntax.of("layers", "List the sealed layers, and who has them.")
        .flag("Draw what shares what, the lowest layer at the root.", "--tree")
        .flag("Check that all is there and named; put right what a crash left or lost.", "--check")
        .flag("Remove what nobody has.", "--prune")
        .flag("With --prune: forget upper directories that are missing, too.", "--force")
        .dryRun("With --prune: print the plan, and do nothing.")
        .output()
        .footer(
            "--check prints a line for each finding and exits with 1 if there is one."
                + " --prune removes layers that no domain, no upper directory and no guest has,"
                + " and forgets upper directories of Domus's own that are gone. Others that are"
                + " missing may lie on a filesystem that is not mounted: these need --force.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    long chosen = List.of("--tree", "--check", "--prune").stream().filter(arguments::flag).count();
    if (chosen > 1) {
      throw arguments.fault("--tree, --check and --prune exclude each other");
    }
    if (arguments.dryRun() && !arguments.flag("--prune")) {
      throw arguments.fault("--dry-run needs --prune");
    }
    if (arguments.flag("--force") && !arguments.flag("--prune")) {
      throw arguments.fault("--force needs --prune");
    }
    if (arguments.flag("--tree")) {
      return tree(session, arguments);
    }
    if (arguments.flag("--check")) {
      session.requireRoot("layers --check");
      return check(session, arguments);
    }
    return arguments.flag("--prune") ? prune(session, arguments) : list(session, arguments);
  }

  private static int list(Session session, Arguments arguments) throws IOException {
    List<LayerInventory.Entry> all = new LayerInventory(session.driver()).all();
    if (arguments.json()) {
      session.out().print(Json.render(all.stream().map(LayersCommand::entry).toList()));
      return OK;
    }
    Table table = new Table("Id", "Size", "Created", "Sealed from", "Used by");
    for (LayerInventory.Entry each : all) {
      table.row(
          each.layer().layer().id(),
          HumanSize.of(each.bytes()),
          TIME.format(each.layer().created().atZone(ZoneId.systemDefault())),
          each.layer().domain(),
          users(each));
    }
    session.out().print(table);
    return OK;
  }

  private static String users(LayerInventory.Entry entry) {
    List<String> users = new ArrayList<>(entry.domains());
    entry.uppers().forEach(upper -> users.add("upper " + upper + ", no domain"));
    return users.isEmpty() ? "-" : String.join(", ", users);
  }

  private static Map<String, Object> entry(LayerInventory.Entry entry) {
    Map<String, Object> tree = described(entry.layer(), entry.bytes());
    tree.put("usedBy", entry.domains());
    tree.put("uppers", entry.uppers().stream().map(Object::toString).toList());
    return tree;
  }

  private static Map<String, Object> described(StoredLayer layer, long bytes) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", layer.layer().id());
    tree.put("path", layer.layer().path().toString());
    tree.put("bytes", bytes);
    tree.put("created", layer.created().toString());
    tree.put("domain", layer.domain());
    return tree;
  }

  private static int tree(Session session, Arguments arguments) throws IOException {
    List<LayerTree.Node> roots = LayerTree.of(session.driver());
    session
        .out()
        .print(
            arguments.json()
                ? Json.render(roots.stream().map(LayersCommand::json).toList())
                : TreeText.render(roots.stream().map(LayersCommand::node).toList()));
    return OK;
  }

  private static TreeText.Node node(LayerTree.Node node) {
    String name = node.sealed().map(layer -> layer.layer().id()).orElse(node.label());
    String size = node.missing() ? "missing" : HumanSize.of(node.bytes());
    String from = node.sealed().map(layer -> "  sealed from " + layer.domain()).orElse("");
    return new TreeText.Node(
        node.path().isPresent() ? name + "  " + size + from : name,
        node.children().stream().map(LayersCommand::node).toList());
  }

  private static Map<String, Object> json(LayerTree.Node node) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("label", node.label());
    tree.put("path", node.path().map(Object::toString).orElse(null));
    tree.put("id", node.sealed().map(layer -> layer.layer().id()).orElse(null));
    tree.put("bytes", node.path().isPresent() && !node.missing() ? node.bytes() : null);
    tree.put("children", node.children().stream().map(LayersCommand::json).toList());
    return tree;
  }

  private static int check(Session session, Arguments arguments) throws IOException {
    List<LayerCheckOperation.Finding> findings = new LayerCheckOperation(session.driver()).run();
    if (arguments.json()) {
      List<Map<String, Object>> list = new ArrayList<>();
      for (LayerCheckOperation.Finding finding : findings) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("finding", finding.text());
        entry.put("repaired", finding.repaired());
        list.add(entry);
      }
      session.out().print(Json.render(list));
    } else if (findings.isEmpty()) {
      session.say("Nothing to repair");
    } else {
      findings.forEach(
          finding ->
              session
                  .out()
                  .println(finding.text() + finding.repair().map(": "::concat).orElse("")));
    }
    return findings.isEmpty() ? OK : FAILED;
  }

  private static int prune(Session session, Arguments arguments) throws IOException {
    PruneOperation operation = new PruneOperation(session.driver(), arguments.flag("--force"));
    if (arguments.dryRun()) {
      PruneOperation.Pruned pruned = operation.rehearse();
      if (pruned.isNothing()) {
        session.say("Nothing to remove");
      } else {
        session.out().print(PlanText.render(pruned.plan()));
      }
      warn(session, pruned);
      return OK;
    }
    session.requireRoot("layers --prune");
    PruneOperation.Pruned pruned = operation.run();
    warn(session, pruned);
    if (arguments.json()) {
      session.out().print(Json.render(pruned(pruned)));
      return OK;
    }
    pruned
        .layers()
        .forEach(
            (layer, bytes) ->
                session.say(
                    "Layer %s removed, %s".formatted(layer.layer().id(), HumanSize.of(bytes))));
    pruned.uppers().forEach(upper -> session.say(upper + " forgotten"));
    long bytes = pruned.layers().values().stream().mapToLong(Long::longValue).sum();
    session.say(pruned.isNothing() ? "Nothing to remove" : HumanSize.of(bytes) + " freed");
    return OK;
  }

  private static void warn(Session session, PruneOperation.Pruned pruned) {
    for (Path upper : pruned.missing()) {
      session
          .err()
          .println(
              "warning: upper directory '"
                  + upper
                  + "' is missing, its layers are kept; if it is gone for good: --prune --force");
    }
  }

  private static Map<String, Object> pruned(PruneOperation.Pruned pruned) {
    Map<String, Object> tree = new LinkedHashMap<>();
    List<Map<String, Object>> layers = new ArrayList<>();
    pruned.layers().forEach((layer, bytes) -> layers.add(described(layer, bytes)));
    tree.put("layers", layers);
    tree.put("uppers", pruned.uppers().stream().map(Object::toString).toList());
    tree.put("missing", pruned.missing().stream().map(Object::toString).toList());
    return tree;
  }
}
