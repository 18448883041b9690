// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.IpAddress;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkForward;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How an interface of a guest is connected to the host. */
public sealed interface Attachment {
  /** A pair of devices of which the host's end is a port of a bridge. */
  record Bridge(String name) implements Attachment {
    public Bridge {
      Objects.requireNonNull(name, "name");
    }
  }

  /** A pair of devices of which the host's end is nobody's port. */
  record Pair() implements Attachment {}

  /** A device on top of one of the host. */
  record Macvlan(String device, NetworkForward.Direct.Mode mode) implements Attachment {
    public Macvlan {
      Objects.requireNonNull(device, "device");
      Objects.requireNonNull(mode, "mode");
    }
  }

  /** A device of the host itself, which moves into the guest. */
  record Moved(String device) implements Attachment {
    public Moved {
      Objects.requireNonNull(device, "device");
    }
  }

  /**
   * A device of the guest alone, whose packets a program of the user's sends and receives.
   *
   * @param device of the host, whose address and routes the guest has
   * @param gateway the guest's, where the device has no routes
   */
  record User(
      UserNetwork program,
      List<NetInterface.Publish> published,
      Optional<String> device,
      Optional<IpAddress> gateway)
      implements Attachment {
    public User {
      Objects.requireNonNull(program, "program");
      published = published.stream().map(NetInterface.Publish::anywhere).toList();
      Objects.requireNonNull(device, "device");
      Objects.requireNonNull(gateway, "gateway");
    }
  }

  /** Whether the host sees an end of it. */
  default boolean hasHostEnd() {
    return switch (this) {
      case Bridge _, Pair _ -> true;
      case Macvlan _, Moved _, User _ -> false;
    };
  }
}
