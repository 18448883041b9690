// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.IdMap;
import io.domus.tool.PastaTemplate;
import java.util.Objects;
import java.util.Optional;

/**
 * What an ordinary user's session has of the host.
 *
 * @param cgroup the cgroup that was delegated to it, as a path below the hierarchy's root: guests
 *     have theirs in it; empty if there is none
 * @param limits whether those cgroups can have limits
 * @param network what connects guests
 * @param template what pasta copies for them
 * @param ids the session's own ids as {@code start}; none if they are not known
 */
public record SessionFacts(
    Optional<String> cgroup,
    boolean limits,
    UserNetwork network,
    PastaTemplate template,
    IdMap ids) {
  /** Nothing of it. */
  public static final SessionFacts NONE = new SessionFacts(Optional.empty(), false);

  public SessionFacts {
    Objects.requireNonNull(cgroup, "cgroup");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(template, "template");
    Objects.requireNonNull(ids, "ids");
    if (limits && cgroup.isEmpty()) {
      throw new IllegalArgumentException("limits are a cgroup's");
    }
  }

  /** Of a host that nobody has asked for networks. */
  public SessionFacts(Optional<String> cgroup, boolean limits) {
    this(cgroup, limits, UserNetwork.NONE, PastaTemplate.OWN, IdMap.NONE);
  }

  /** The same with what connects guests. */
  public SessionFacts withNetwork(UserNetwork found) {
    return new SessionFacts(cgroup, limits, found, template, ids);
  }

  /** The same with what pasta copies. */
  public SessionFacts withTemplate(PastaTemplate found) {
    return new SessionFacts(cgroup, limits, network, found, ids);
  }

  /** The same with its ids. */
  public SessionFacts withIds(IdMap found) {
    return new SessionFacts(cgroup, limits, network, template, found);
  }

  /** What the user should know of it; empty if all is well. */
  public Optional<String> warning() {
    return limits
        ? Optional.empty()
        : Optional.of(
            "no cgroup "
                + (cgroup.isPresent() ? "with controllers " : "")
                + "is delegated to this session: limits on memory, CPU time, block I/O and"
                + " processes have no effect");
  }
}
