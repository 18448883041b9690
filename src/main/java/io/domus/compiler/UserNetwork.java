// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import java.util.Optional;

/** What connects guests of an ordinary user on this host. */
public enum UserNetwork {
  PASTA(Optional.empty()),
  SLIRP4NETNS(Optional.empty()),

  /** One of the two, which could not make the guest's device. */
  NO_DEVICE(
      Optional.of(
          "/dev/net/tun is missing or closed to you: it comes with the module tun (modprobe tun)"
              + " and is for everybody, mode 0666")),

  /** Neither. */
  NONE(
      Optional.of(
          "neither pasta nor slirp4netns is installed (Debian: apt install passt, or"
              + " slirp4netns)"));

  private final Optional<String> lack;

  UserNetwork(Optional<String> lack) {
    this.lack = lack;
  }

  /** Why nothing does, and what helps; empty if something does. */
  public Optional<String> lack() {
    return lack;
  }
}
