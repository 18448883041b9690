// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;

/** Lines of a batch of iproute2's {@code bridge}, about the VLANs of a bridge's port. */
public final class BridgeVlan {
  /** That every port of a bridge is in until it is told otherwise. */
  public static final int USUAL = 1;

  private BridgeVlan() {}

  /** Carries out the lines of a file, up to the first that fails. */
  public static Command batch(Path file) {
    return Command.of("bridge", "-batch", file.toString());
  }

  /**
   * @param own whether what comes in without a tag is of this VLAN
   * @param bare whether what goes out of this VLAN has no tag
   */
  public static String add(String port, int id, boolean own, boolean bare) {
    return "vlan add dev " + port + " vid " + id + (own ? " pvid" : "") + (bare ? " untagged" : "");
  }

  /** Is content if the port is not in it. */
  public static String remove(String port, int id) {
    return "vlan del dev " + port + " vid " + id;
  }
}
