// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.DomainState;
import io.domus.driver.DomainStats;
import io.domus.driver.DomainStats.Group;
import io.domus.driver.DomainView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class DomstatsCommand implements Action {
  private static final Map<String, Group> GROUPS = groups();

  private static final List<String> FILTERS =
      List.of(
          "--list-active",
          "--list-inactive",
          "--list-running",
          "--list-paused",
          "--list-shutoff",
          "--list-persistent",
          "--list-transient");

  private static Map<String, Group> groups() {
    Map<String, Group> groups = new LinkedHashMap<>();
    groups.put("--state", Group.STATE);
    groups.put("--cpu-total", Group.CPU);
    groups.put("--balloon", Group.BALLOON);
    groups.put("--memory", Group.MEMORY);
    groups.put("--interface", Group.INTERFACE);
    groups.put("--block", Group.BLOCK);
    groups.put("--pids", Group.PIDS);
    groups.put("--pressure", Group.PRESSURE);
    return groups;
  }

  @Override
  public Syntax syntax() {
    return Syntax.of("domstats", "Print what is counted of domains: of all, unless named.")
        .flag("state.*: the state and its reason.", "--state")
        .flag("cpu.*: nanoseconds; throttled.count is a number.", "--cpu-total")
        .flag("balloon.*: memory in KiB, as virsh has it.", "--balloon")
        .flag("memory.*: bytes; faults and oom kills are numbers.", "--memory")
        .flag("net.*: as the guest sees it.", "--interface")
        .flag("block.*: bytes and requests of each device.", "--block")
        .flag("pids.*: processes and threads.", "--pids")
        .flag("pressure.*: waiting, in percent; total in microseconds.", "--pressure")
        .flag("Only domains that run or are suspended.", "--list-active")
        .flag("Only domains that are off.", "--list-inactive")
        .flag("Only domains that run.", "--list-running")
        .flag("Only domains that are suspended.", "--list-paused")
        .flag("Only domains that are off and have not crashed.", "--list-shutoff")
        .flag("Only domains with a definition.", "--list-persistent")
        .flag("Only domains without one.", "--list-transient")
        .flag("The state in libvirt's numbers, not in words.", "--raw")
        .output()
        .domainsOrNone()
        .footer(
            "Groups may be combined; without any all are printed. What this host does not"
                + " count is left out.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    Set<Group> groups = EnumSet.noneOf(Group.class);
    GROUPS.forEach(
        (option, group) -> {
          if (arguments.flag(option)) {
            groups.add(group);
          }
        });
    Set<Group> wanted = groups.isEmpty() ? EnumSet.allOf(Group.class) : groups;
    DomainStats stats = new DomainStats(session.driver());
    List<Map<String, Object>> entries = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (DomainView.Summary domain : domains(session, arguments)) {
      Map<String, Object> values = stats.of(domain, wanted, arguments.flag("--raw"));
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("domain", domain.name());
      entry.putAll(values);
      entries.add(entry);
      text.append("Domain: '").append(domain.name()).append("'\n");
      values.forEach(
          (key, value) -> text.append("  ").append(key).append('=').append(value).append('\n'));
      text.append('\n');
    }
    session.out().print(arguments.json() ? Json.render(entries) : text.toString());
    return OK;
  }

  private static List<DomainView.Summary> domains(Session session, Arguments arguments) {
    DomainView view = new DomainView(session.driver());
    List<String> named = arguments.from(0);
    if (!named.isEmpty()) {
      if (FILTERS.stream().anyMatch(arguments::flag)) {
        throw arguments.fault("names and --list-... exclude each other");
      }
      Set<String> names = new LinkedHashSet<>();
      named.forEach(each -> names.add(session.find(each)));
      return names.stream().map(view::one).toList();
    }
    return view.all().stream().filter(domain -> fits(domain, arguments)).toList();
  }

  /** As in virsh: one of a kind suffices, all kinds must fit. */
  private static boolean fits(DomainView.Summary domain, Arguments arguments) {
    DomainState state = domain.condition().state();
    boolean activity =
        any(arguments, Map.of("--list-active", state.active(), "--list-inactive", !state.active()));
    boolean states =
        any(
            arguments,
            Map.of(
                "--list-running", state == DomainState.RUNNING,
                "--list-paused", state == DomainState.PAUSED,
                "--list-shutoff", state == DomainState.SHUT_OFF));
    boolean persistence =
        any(
            arguments,
            Map.of(
                "--list-persistent", domain.persistent(),
                "--list-transient", !domain.persistent()));
    return activity && states && persistence;
  }

  /** True if none of the options is given, or one that holds. */
  private static boolean any(Arguments arguments, Map<String, Boolean> options) {
    List<String> given = options.keySet().stream().filter(arguments::flag).toList();
    return given.isEmpty() || given.stream().anyMatch(options::get);
  }
}
