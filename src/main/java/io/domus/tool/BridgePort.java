// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.util.ArrayList;
import java.util.List;

/** Command lines of iproute2's {@code bridge}, for the ports of a bridge. */
public final class BridgePort {
  private BridgePort() {}

  /** An isolated port reaches those that are not, and no other isolated one. */
  public static Command isolate(String device) {
    return Command.of("bridge", "link", "set", "dev", device, "isolated", "on");
  }

  /**
   * Lets a port carry a VLAN.
   *
   * @param untagged whether packets without a tag belong to it, and leave without one
   */
  public static Command addVlan(String device, int id, boolean untagged) {
    List<String> argv = new ArrayList<>(List.of("bridge", "vlan", "add", "dev", device));
    argv.addAll(List.of("vid", Integer.toString(id)));
    if (untagged) {
      argv.addAll(List.of("pvid", "untagged"));
    }
    return Command.of(argv);
  }

  /** The VLAN that a new port carries by itself. */
  public static Command deleteVlan(String device, int id) {
    return Command.of("bridge", "vlan", "delete", "dev", device, "vid", Integer.toString(id));
  }
}
