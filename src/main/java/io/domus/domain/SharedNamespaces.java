// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Objects;
import java.util.Optional;

/** {@code <lxc:namespace>}: namespaces of others that the guest joins instead of having its own. */
public record SharedNamespaces(Optional<Peer> network, Optional<Peer> ipc, Optional<Peer> uts) {
  public static final SharedNamespaces NONE =
      new SharedNamespaces(Optional.empty(), Optional.empty(), Optional.empty());

  /** The XML namespace of the element. */
  public static final String XML_NAMESPACE = "http://libvirt.org/schemas/domain/lxc/1.0";

  /**
   * Whose namespace it is.
   *
   * @param value the name of a domain, a process id, or a name below {@code /run/netns}
   */
  public record Peer(Kind kind, String value, Origin origin) {
    /** By what the other is named. */
    public enum Kind {
      NAME,
      PID,
      NETNS
    }

    public Peer {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(origin, "origin");
    }
  }

  public SharedNamespaces {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(ipc, "ipc");
    Objects.requireNonNull(uts, "uts");
  }

  public boolean present() {
    return network.isPresent() || ipc.isPresent() || uts.isPresent();
  }
}
