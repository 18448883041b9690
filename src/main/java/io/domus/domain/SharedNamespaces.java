// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /** Where ip-netns(8) keeps the names of network namespaces. */
    private static final Path NETNS = Path.of("/run/netns");

    /**
     * Through what file the namespace is reached, empty if that depends on what runs.
     *
     * @param namespace its name below {@code /proc/PID/ns}
     */
    public Optional<Path> file(String namespace) {
      return switch (kind) {
        case NETNS -> Optional.of(NETNS.resolve(value));
        case PID -> Optional.of(Path.of("/proc", value, "ns", namespace));
        case NAME -> Optional.empty();
      };
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

  /** Those that are shared, by their names below {@code /proc/PID/ns}. */
  public Map<String, Peer> peers() {
    Map<String, Peer> peers = new LinkedHashMap<>();
    network.ifPresent(peer -> peers.put("net", peer));
    ipc.ifPresent(peer -> peers.put("ipc", peer));
    uts.ifPresent(peer -> peers.put("uts", peer));
    return peers;
  }

  public boolean present() {
    return network.isPresent() || ipc.isPresent() || uts.isPresent();
  }
}
