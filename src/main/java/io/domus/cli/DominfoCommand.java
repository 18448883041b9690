// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainDef;
import io.domus.driver.DefinitionReader;
import io.domus.driver.DomainView;
import io.domus.driver.GuestUsage;
import io.domus.driver.ManagedSave;
import io.domus.store.DomainRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

final class DominfoCommand implements Action {
  private static final int LABEL = 16;

  @Override
  public Syntax syntax() {
    return Syntax.of("dominfo", "Show what is known of a domain.").output().domain();
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    String name = session.find(arguments.one(0));
    DomainView.Summary domain = new DomainView(session.driver()).one(name);
    DomainDef definition = new DefinitionReader(session.driver()).present(name).domain();
    boolean active = domain.condition().state().active();
    GuestUsage usage =
        new DomainView(session.driver())
            .record(name)
            .filter(_ -> active)
            .map(record -> GuestUsage.of(record.cgroup()))
            .orElse(new GuestUsage(Optional.empty(), Optional.empty()));
    Map<String, Object> entry =
        ListCommand.entry(domain, definition.uuid(), ListCommand.autostart(session, domain));
    entry.put("autostartOnce", session.driver().boots().once(name));
    entry.put("failedStart", domain.failedStart().orElse(null));
    DomainView view = new DomainView(session.driver());
    entry.put("restarts", view.record(name).map(DomainRecord::restarts).orElse(0));
    entry.put("restartDue", view.isRestartDue(name));
    entry.put("managedSave", new ManagedSave(session.driver(), name).exists());
    entry.put("osType", "exe");
    entry.put("vcpus", definition.vcpu());
    entry.put("cpuTimeSeconds", usage.cpu().map(DominfoCommand::seconds).orElse(null));
    entry.put("maxMemoryKiB", definition.memory() >> 10);
    entry.put("usedMemoryKiB", usage.memory().map(bytes -> bytes >> 10).orElse(null));
    entry.put("idMap", IdMapText.entry(view, definition));
    session.out().print(arguments.json() ? Json.render(entry) : text(entry, domain));
    return OK;
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  private static String text(Map<String, Object> entry, DomainView.Summary domain) {
    StringBuilder text = new StringBuilder();
    line(text, "Id", entry.get("id"), "");
    line(text, "Name", entry.get("name"), "");
    line(text, "UUID", entry.get("uuid"), "");
    line(text, "OS Type", entry.get("osType"), "");
    line(text, "State", domain.condition(), "");
    line(text, "CPU(s)", entry.get("vcpus"), "");
    line(text, "CPU time", entry.get("cpuTimeSeconds"), "s");
    line(text, "Max memory", entry.get("maxMemoryKiB"), " KiB");
    line(text, "Used memory", entry.get("usedMemoryKiB"), " KiB");
    IdMapText.of(entry.get("idMap")).ifPresent(ids -> line(text, "Id map", ids, ""));
    line(text, "Persistent", domain.persistent() ? "yes" : "no", "");
    line(text, "Autostart", enable(entry.get("autostart")), "");
    line(
        text, "Autostart Once", entry.get("autostartOnce").equals(true) ? "enable" : "disable", "");
    domain.failedStart().ifPresent(why -> line(text, "Failed start", why, ""));
    line(text, "Managed save", entry.get("managedSave").equals(true) ? "yes" : "no", "");
    boolean due = entry.get("restartDue").equals(true);
    if (due || !entry.get("restarts").equals(0)) {
      line(text, "Restarts", entry.get("restarts"), " in a row" + (due ? ", another is due" : ""));
    }
    return text.toString();
  }

  /** virsh's words; null if it cannot be told. */
  private static Object enable(Object autostart) {
    return autostart == null ? null : autostart.equals(true) ? "enable" : "disable";
  }

  private static void line(StringBuilder text, String label, Object value, String unit) {
    text.append(label).append(':').append(" ".repeat(LABEL - 1 - label.length()));
    text.append(value == null ? "-" : value + unit).append('\n');
  }
}
