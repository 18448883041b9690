// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Objects;
import java.util.Set;

/**
 * What makes a clone another guest than its source, in the guest's own files.
 *
 * @param from the source's host name
 * @param to the clone's
 */
public record GuestIdentity(String from, String to, Set<Part> parts) {
  /** What can be changed or kept. */
  public enum Part {
    /** {@code /etc/hostname}, and the name in {@code /etc/hosts}. */
    HOSTNAME,
    /** {@code /etc/machine-id} is emptied: the guest makes itself a new one. */
    MACHINE_ID,
    /** {@code /etc/ssh/ssh_host_*_key} and their public halves are removed. */
    SSH_KEYS
  }

  public GuestIdentity {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    parts = Set.copyOf(parts);
  }
}
