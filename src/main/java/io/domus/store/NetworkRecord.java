// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import java.time.Instant;
import java.util.Objects;

/**
 * A run of a network.
 *
 * @param phase how far it is
 * @param transientNetwork true if there is no stored definition
 * @param definition the bytes that it runs from, in base64
 * @param identity what the definition does not say
 * @param started when
 * @param generation counts the changes made to the run
 */
public record NetworkRecord(
    Phase phase,
    boolean transientNetwork,
    String definition,
    NetworkIdentity identity,
    Instant started,
    int generation) {
  /** A run is on record from the moment that all of it is there until the last of it is gone. */
  public enum Phase {
    ACTIVE,
    /** It is being ended, and whoever finds it so goes on with that. */
    STOPPING
  }

  public NetworkRecord {
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(definition, "definition");
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(started, "started");
  }

  public NetworkRecord withPhase(Phase now) {
    return new NetworkRecord(now, transientNetwork, definition, identity, started, generation);
  }

  public NetworkRecord withTransient(boolean now) {
    return new NetworkRecord(phase, now, definition, identity, started, generation);
  }

  /** The same run after a change. */
  public NetworkRecord changed(String now) {
    return new NetworkRecord(phase, transientNetwork, now, identity, started, generation + 1);
  }
}
