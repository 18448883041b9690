// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.Autostart;
import io.domus.driver.AwaitedNames;
import io.domus.driver.StartOrder;
import io.domus.driver.StartTimeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prints in which order domains are started or stopped, and what they wait for. */
final class OrderTable {
  private static final String NEVER = "never";

  private final Session session;
  private final boolean json;

  OrderTable(Session session, boolean json) {
    this.session = session;
    this.json = json;
  }

  void order(List<StartOrder.Planned> order) throws IOException {
    order(order, Map.of());
  }

  /**
   * Those of one step may go together.
   *
   * @param never why, of those that could never start
   */
  void order(List<StartOrder.Planned> order, Map<String, String> never) throws IOException {
    Map<String, List<String>> inVain = inVain(order);
    Table table = new Table("Step", "Name", "Priority", "Wait", "Ready", "Groups", "After");
    List<Map<String, Object>> entries = new ArrayList<>();
    int step = 0;
    int last = -1;
    for (StartOrder.Planned each : order) {
      if (never.containsKey(each.name())) {
        continue;
      }
      step += each.step() == last ? 0 : 1;
      last = each.step();
      row(table, Integer.toString(step), each, inVain.get(each.name()));
      LinkedHashMap<String, Object> entry = entry(each);
      entry.putFirst("step", step);
      entry.put("notAwaited", inVain.get(each.name()));
      entries.add(entry);
    }
    for (StartOrder.Planned each : order) {
      if (never.containsKey(each.name())) {
        List<String> why = new ArrayList<>(List.of(never.get(each.name())));
        why.addAll(inVain.get(each.name()));
        row(table, NEVER, each, why);
        Map<String, Object> entry = entry(each);
        entry.put("notAwaited", inVain.get(each.name()));
        entry.put(NEVER, never.get(each.name()));
        entries.add(entry);
      }
    }
    session.out().print(json ? Json.render(entries) : table.toString());
  }

  private static void row(
      Table table, String step, StartOrder.Planned planned, List<String> notes) {
    Autostart autostart = planned.autostart();
    table.row(
        step,
        planned.name(),
        Integer.toString(autostart.priority()),
        autostart.time().toSeconds() + " s",
        autostart.ready().map(OrderTable::ready).orElse("running"),
        words(autostart.groups()),
        after(autostart, notes));
  }

  private static LinkedHashMap<String, Object> entry(StartOrder.Planned planned) {
    Autostart autostart = planned.autostart();
    LinkedHashMap<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", planned.name());
    entry.put("priority", autostart.priority());
    entry.put("waitSeconds", autostart.time().toSeconds());
    entry.put("ready", autostart.ready().map(OrderTable::ready).orElse("running"));
    entry.put("groups", autostart.groups());
    entry.put("after", autostart.after());
    return entry;
  }

  private static String ready(Autostart.Ready ready) {
    return ready.type()
        + ready.value().map(value -> " " + value).orElse("")
        + ", "
        + ready.timeout().toSeconds()
        + " s";
  }

  /** Of each why those that it names are not waited for. */
  private Map<String, List<String>> inVain(List<StartOrder.Planned> order) {
    AwaitedNames names = AwaitedNames.of(session.driver());
    Set<String> started = new HashSet<>();
    order.forEach(each -> started.add(each.name()));
    Map<String, List<String>> inVain = new HashMap<>();
    order.forEach(each -> inVain.put(each.name(), names.inVain(each.autostart(), started)));
    return inVain;
  }

  private static String after(Autostart autostart, List<String> inVain) {
    return inVain.isEmpty()
        ? words(autostart.after())
        : words(autostart.after()) + " (" + String.join("; ", inVain) + ")";
  }

  private static String words(List<String> names) {
    return names.isEmpty() ? "-" : String.join(", ", names);
  }

  /** When domains are stopped. */
  void timeline(List<StartTimeline.Entry> timeline) throws IOException {
    timeline(List.of(), timeline, Map.of());
  }

  /**
   * When domains are started.
   *
   * @param never why, of those that could never start
   */
  void timeline(
      List<StartOrder.Planned> order, List<StartTimeline.Entry> timeline, Map<String, String> never)
      throws IOException {
    Map<String, List<String>> inVain = inVain(order);
    Table table = new Table("Earliest", "Latest", "Name", "Waits for");
    List<Map<String, Object>> entries = new ArrayList<>();
    for (StartTimeline.Entry each : timeline) {
      List<String> notes = new ArrayList<>(each.why());
      notes.addAll(inVain.getOrDefault(each.name(), List.of()));
      table.row(
          each.earliest().toSeconds() + " s",
          each.latest().toSeconds() + " s",
          each.name(),
          notes.isEmpty() ? "-" : String.join("; ", notes));
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", each.name());
      entry.put("earliestSeconds", each.earliest().toSeconds());
      entry.put("latestSeconds", each.latest().toSeconds());
      entry.put("waitsFor", each.why());
      entry.put("notAwaited", inVain.getOrDefault(each.name(), List.of()));
      entries.add(entry);
    }
    never.forEach(
        (name, why) -> {
          table.row(NEVER, NEVER, name, why);
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("name", name);
          entry.put(NEVER, why);
          entries.add(entry);
        });
    session.out().print(json ? Json.render(entries) : table.toString());
  }
}
