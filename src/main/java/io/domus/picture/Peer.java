// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import io.domus.domain.NetInterface;
import io.domus.domain.SharedNamespaces;
import java.util.Map;
import java.util.Objects;

/** What a guest's interface is joined to. */
public sealed interface Peer {
  /** A network, defined or not. */
  record Network(String name) implements Peer {
    public Network {
      Objects.requireNonNull(name, "name");
    }
  }

  /** A bridge that the host has anyway. */
  record Bridge(String name) implements Peer {
    public Bridge {
      Objects.requireNonNull(name, "name");
    }
  }

  /**
   * A device of the host.
   *
   * @param use what becomes of it, in a word or two
   */
  record Device(String name, String use) implements Peer {
    public Device {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(use, "use");
    }
  }

  /** The host itself: an end there that is joined to nothing. */
  record Host() implements Peer {}

  /** What the user who started the guest reaches. */
  record User() implements Peer {}

  /**
   * A namespace of somebody else's.
   *
   * @param name below {@code /proc/PID/ns}
   */
  record Namespace(String name, SharedNamespaces.Peer.Kind kind, String value) implements Peer {
    public Namespace {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(value, "value");
    }
  }

  /** What containers cannot use. */
  record Other(String type) implements Peer {
    public Other {
      Objects.requireNonNull(type, "type");
    }
  }

  /** What the definition says; a name it owes is a question mark. */
  static Peer of(NetInterface each) {
    Map<String, String> source = each.source();
    return switch (each.type()) {
      case "network" -> new Network(source.getOrDefault("network", "?"));
      case "bridge" -> new Bridge(source.getOrDefault("bridge", "?"));
      case "direct" ->
          new Device(source.getOrDefault("dev", "?"), source.getOrDefault("mode", "vepa"));
      case "ethernet" -> new Host();
      case "user" -> new User();
      default -> new Other(each.type());
    };
  }
}
