// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.NearestName;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;

/**
 * What an interface is to be connected to and the host does not have, or not so.
 *
 * @param text what is missing
 * @param remedy what is certain to help
 * @param assumed what a plan that nobody carries out takes for granted
 */
public record MissingLink(String text, Optional<String> remedy, String assumed) {
  private static final String RUNS = "planned as if it ran";

  public MissingLink {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(remedy, "remedy");
    Objects.requireNonNull(assumed, "assumed");
  }

  /** A bridge or a device of the host. */
  public static MissingLink device(String text) {
    return new MissingLink(text, Optional.empty(), "assumed present");
  }

  public static MissingLink inactive(String network) {
    return new MissingLink(
        "network '" + network + "' is not active", Optional.of("net-start starts it"), RUNS);
  }

  /**
   * @param known the networks that there are
   */
  public static MissingLink unknown(String network, Collection<String> known) {
    return new MissingLink(
        "no network '" + network + "'",
        NearestName.of(network, known)
            .map(near -> "did you mean '" + near + "'?")
            .or(() -> Optional.of("net-define and net-start make one")),
        RUNS);
  }

  /** Empty if the bridge heeds them. */
  public static Optional<MissingLink> tags(String bridge, VlanTags tags) {
    String heeds = "planned as if it did";
    return switch (tags) {
      case HEEDED -> Optional.empty();
      case IGNORED ->
          Optional.of(
              new MissingLink(
                  "bridge '" + bridge + "' does not heed VLAN tags",
                  Optional.of(
                      "'ip link set dev "
                          + bridge
                          + " type bridge vlan_filtering 1' has it heed them"),
                  heeds));
      case UNKNOWN ->
          Optional.of(
              new MissingLink(
                  "bridge '%s' does not heed VLAN tags, for which this kernel lacks"
                          .formatted(bridge)
                      + " CONFIG_BRIDGE_VLAN_FILTERING",
                  Optional.empty(),
                  heeds));
    };
  }

  private String inParentheses() {
    return remedy.map(what -> " (" + what + ")").orElse("");
  }

  /** As a refusal says it. */
  public String refusal() {
    return text + inParentheses();
  }

  /** As a plan says it. */
  String assumption() {
    return text + ": " + assumed + inParentheses();
  }
}
