// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import io.domus.domain.Condition;
import io.domus.plan.Step;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known of a domain beside its definition: of its present run, or of how the last one
 * ended.
 *
 * @param condition as it was recorded; whether it still holds is for the living to say
 * @param transientDomain true if there is no stored definition
 * @param definition the bytes that the run was started from, in base64: their encoding is their own
 * @param init the guest's first process
 * @param helpers the records of image helpers
 * @param undos what clears up after the run
 * @param started when the run began
 * @param cgroup the path of the run's cgroup, as the runtime was told it
 * @param restarts how often it has been restarted in a row after ending by itself
 * @param live the definition with the interfaces that the guest has now, if it has any: with the
 *     names and hardware addresses that were chosen for them
 * @param failedStart why its start with others failed, if that is what happened last: it is
 *     remembered until one succeeds
 * @param uuid of the domain that runs or ran, for those who have no definition at hand
 */
public record DomainRecord(
    Condition condition,
    boolean transientDomain,
    String definition,
    Optional<ProcessId> init,
    Optional<ProcessId> monitor,
    List<Path> helpers,
    List<Step> undos,
    Optional<Instant> started,
    String cgroup,
    int restarts,
    Optional<String> live,
    Optional<String> failedStart,
    Optional<UUID> uuid) {
  public DomainRecord {
    Objects.requireNonNull(condition, "condition");
    Objects.requireNonNull(definition, "definition");
    Objects.requireNonNull(init, "init");
    Objects.requireNonNull(monitor, "monitor");
    helpers = List.copyOf(helpers);
    undos = List.copyOf(undos);
    Objects.requireNonNull(started, "started");
    Objects.requireNonNull(cgroup, "cgroup");
    Objects.requireNonNull(live, "live");
    Objects.requireNonNull(failedStart, "failedStart");
    Objects.requireNonNull(uuid, "uuid");
  }

  /** Of a guest without interfaces, in a domain whose uuid nobody has noted. */
  public DomainRecord(
      Condition condition,
      boolean transientDomain,
      String definition,
      Optional<ProcessId> init,
      Optional<ProcessId> monitor,
      List<Path> helpers,
      List<Step> undos,
      Optional<Instant> started,
      String cgroup,
      int restarts) {
    this(
        condition,
        transientDomain,
        definition,
        init,
        monitor,
        helpers,
        undos,
        started,
        cgroup,
        restarts,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** There has been no run. */
  public static DomainRecord never(Condition how) {
    return new DomainRecord(
        how,
        false,
        "",
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        "",
        0);
  }

  /** The run is over: nothing is left of it but how it ended. */
  public DomainRecord ended(Condition how) {
    return new DomainRecord(
        how,
        transientDomain,
        "",
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        started,
        cgroup,
        restarts,
        Optional.empty(),
        failedStart,
        uuid);
  }

  public DomainRecord withTransient(boolean now) {
    return copy(now, undos, live, failedStart, uuid);
  }

  /** Of a domain that is known by this uuid. */
  public DomainRecord withUuid(Optional<UUID> known) {
    return copy(transientDomain, undos, live, failedStart, known);
  }

  /** With other interfaces. */
  public DomainRecord withLive(Optional<String> text) {
    return copy(transientDomain, undos, text, failedStart, uuid);
  }

  /** With other ways to clear up. */
  public DomainRecord withUndos(List<Step> others) {
    return copy(transientDomain, others, live, failedStart, uuid);
  }

  public DomainRecord withFailedStart(Optional<String> why) {
    return copy(transientDomain, undos, live, why, uuid);
  }

  private DomainRecord copy(
      boolean isTransient,
      List<Step> steps,
      Optional<String> text,
      Optional<String> why,
      Optional<UUID> known) {
    return new DomainRecord(
        condition,
        isTransient,
        definition,
        init,
        monitor,
        helpers,
        steps,
        started,
        cgroup,
        restarts,
        text,
        why,
        known);
  }
}
