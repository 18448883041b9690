// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A virtual network as its XML file defines it, with libvirt's defaults filled in.
 *
 * @param uuid empty if the file has none
 * @param metadata the inner XML of {@code <metadata>}, as it stands
 */
public record NetworkDef(
    String name,
    Optional<UUID> uuid,
    Optional<String> title,
    Optional<String> description,
    Optional<String> metadata,
    NetworkForward forward,
    NetworkBridge bridge,
    NetworkAddressing addressing,
    NetworkPorts ports,
    Origin origin)
    implements Document {
  /** What a file system takes for a name, less some for an extension. */
  public static final int NAME_BYTES = 200;

  /** What {@link #isName} says, for whoever gave another one. */
  public static final String NAME_RULE =
      "a name has at most "
          + NAME_BYTES
          + " bytes, no '/' and no control character, does not begin with '.', '-' or a space, and"
          + " does not end with a space";

  public NetworkDef {
    Objects.requireNonNull(uuid, "uuid");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(metadata, "metadata");
    Objects.requireNonNull(forward, "forward");
    Objects.requireNonNull(bridge, "bridge");
    Objects.requireNonNull(addressing, "addressing");
    Objects.requireNonNull(ports, "ports");
    Objects.requireNonNull(origin, "origin");
    if (!isName(name)) {
      throw new IllegalArgumentException("no network name: '" + name + "'");
    }
    boolean bare = bridge.isOfHost() && addressing.equals(NetworkAddressing.NONE);
    if (!forward.ownsBridge() && !bare) {
      throw new IllegalArgumentException("addresses on a bridge that is not its own: " + name);
    }
  }

  /**
   * The same with what was chosen where the definition says nothing.
   *
   * @param address of the bridge
   */
  public NetworkDef withIdentity(UUID identity, Optional<String> bridgeName, String address) {
    return new NetworkDef(
        name,
        uuid.or(() -> Optional.of(identity)),
        title,
        description,
        metadata,
        forward,
        forward.ownsBridge() ? bridge.with(bridgeName, address) : bridge,
        addressing,
        ports,
        origin);
  }

  /**
   * A name is also a file name: no {@code /} and no control character, at most 200 bytes, not
   * beginning with {@code .}, {@code -} or a space nor ending with a space.
   */
  public static boolean isName(String name) {
    boolean fits = name.getBytes(StandardCharsets.UTF_8).length <= NAME_BYTES;
    return fits
        && !name.isEmpty()
        && name.equals(name.strip())
        && ".-".indexOf(name.charAt(0)) < 0
        && name.chars().noneMatch(each -> each == '/' || Character.isISOControl(each));
  }
}
