// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Condition;
import io.domus.domain.DomainState;
import io.domus.domain.NetInterface;
import io.domus.store.DomainRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is counted of domains, by virsh's names. Nothing but the kernel's own counters is read: no
 * guest is disturbed. What this host does not count is left out, not 0.
 */
public final class DomainStats {
  /** What belongs together. */
  public enum Group {
    STATE,
    CPU,
    BALLOON,
    MEMORY,
    INTERFACE,
    BLOCK,
    PIDS,
    PRESSURE
  }

  private final Driver driver;

  public DomainStats(Driver driver) {
    this.driver = driver;
  }

  /**
   * Of one domain: of one that is off its state alone.
   *
   * @param raw whether the state is told by libvirt's numbers and not in words
   * @return strings, whole numbers, and percentages as decimals, in the order to show them
   */
  public Map<String, Object> of(DomainView.Summary domain, Set<Group> groups, boolean raw) {
    Map<String, Object> stats = new LinkedHashMap<>();
    if (groups.contains(Group.STATE)) {
      state(domain.condition(), raw, stats);
    }
    Optional<DomainRecord> record =
        domain.condition().state().active()
            ? new DomainView(driver).record(domain.name())
            : Optional.empty();
    record.ifPresent(run -> counters(domain.name(), run, groups, stats));
    return stats;
  }

  private void counters(
      String name, DomainRecord record, Set<Group> groups, Map<String, Object> stats) {
    Cgroup cgroup = Cgroup.of(record.cgroup());
    CgroupStats counted = new CgroupStats(cgroup);
    for (Group group : groups) {
      switch (group) {
        case STATE -> {}
        case CPU -> counted.cpu(stats);
        case BALLOON -> counted.balloon(stats);
        case MEMORY -> counted.memory(stats);
        case INTERFACE -> interfaces(name, record, stats);
        case BLOCK -> BlockStats.put(cgroup, stats);
        case PIDS -> counted.pids(stats);
        case PRESSURE -> counted.pressure(stats);
      }
    }
  }

  private void interfaces(String name, DomainRecord record, Map<String, Object> stats) {
    // Without any there is no need to read the definition.
    List<NetInterface> interfaces =
        record.live().isPresent()
            ? new DefinitionReader(driver).recorded(name, record).domain().interfaces()
            : List.of();
    record.init().ifPresent(init -> LinkStats.put(interfaces, init.pid(), stats));
  }

  private static void state(Condition condition, boolean raw, Map<String, Object> stats) {
    if (raw) {
      stats.put("state.state", number(condition.state()));
      stats.put("state.reason", reason(condition));
      return;
    }
    stats.put("state.state", condition.state().text());
    condition.reason().ifPresent(reason -> stats.put("state.reason", reason));
  }

  /** {@code virDomainState}. */
  private static long number(DomainState state) {
    return switch (state) {
      case RUNNING -> 1;
      case PAUSED -> 3;
      case SHUT_OFF -> 5;
      case CRASHED -> 6;
    };
  }

  /**
   * {@code virDomainShutoffReason} and its siblings; 0 is "unknown": of a guest that is there it is
   * not recorded how it came to be so.
   */
  private static long reason(Condition condition) {
    if (condition.state() != DomainState.SHUT_OFF || condition.reason().isEmpty()) {
      return 0;
    }
    return switch (LifecycleEvent.end(condition)) {
      case STOPPED_DESTROYED -> 2;
      case STOPPED_MIGRATED -> 4;
      case STOPPED_SAVED -> 5;
      case STOPPED_CRASHED -> 3;
      case STOPPED_SHUTDOWN -> 1;
      case DEFINED_ADDED,
          DEFINED_UPDATED,
          DEFINED_RENAMED,
          UNDEFINED_REMOVED,
          UNDEFINED_RENAMED,
          STARTED_BOOTED,
          STARTED_MIGRATED,
          STARTED_RESTORED,
          STARTED_SNAPSHOT,
          SUSPENDED_PAUSED,
          RESUMED_UNPAUSED ->
          0;
    };
  }
}
