// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where everything of one network lies.
 *
 * @param definition the file that the user defined
 * @param variable what outlives a boot: its identity, who has which address, dnsmasq's leases
 * @param run what does not: its status, and what dnsmasq reads
 */
public record NetworkPaths(Path definition, Path variable, Path run) {
  /** How the names of journals begin; a number follows. */
  public static final String JOURNAL = "journal-";

  public NetworkPaths {
    Objects.requireNonNull(definition, "definition");
    Objects.requireNonNull(variable, "variable");
    Objects.requireNonNull(run, "run");
  }

  /** What Domus chose where the definition says nothing: uuid, MAC address, bridge. */
  public Path identity() {
    return variable.resolve("identity");
  }

  /** Which guest has, or last had, which address. */
  public Path addresses() {
    return variable.resolve("addresses");
  }

  /** Which of these guests are connected now, and which were longest ago. */
  public Path users() {
    return variable.resolve("users");
  }

  /** What dnsmasq has given away. */
  public Path leases() {
    return variable.resolve("leases");
  }

  public Path status() {
    return run.resolve("status.json");
  }

  /**
   * What takes back a change that is being made.
   *
   * @param generation of the run that it leads to
   */
  public Path journal(int generation) {
    return run.resolve(JOURNAL + generation);
  }

  /** Who is connected: a file an interface. */
  public Path ports() {
    return run.resolve("ports");
  }

  /** What is noted of one interface that is connected. */
  public Path port(String mac) {
    return ports().resolve(mac.replace(':', '-'));
  }

  /** dnsmasq's configuration. */
  public Path dnsmasq() {
    return run.resolve("dnsmasq.conf");
  }

  /** dnsmasq's process. */
  public Path pid() {
    return run.resolve("dnsmasq.pid");
  }

  /** Files with addresses for MAC addresses; dnsmasq sees new ones by itself. */
  public Path hosts() {
    return run.resolve("hosts");
  }

  /** Files with names for addresses; dnsmasq sees new ones by itself. */
  public Path names() {
    return run.resolve("names");
  }

  /** What makes the bridge, for {@code ip -batch}. */
  public Path bridge() {
    return run.resolve("bridge.ip");
  }

  /** What takes its last change back. */
  public Path bridgeBefore() {
    return run.resolve("bridge.before.ip");
  }

  /** The rules of all networks of the root with this one, for {@code nft -f}. */
  public Path rules() {
    return run.resolve("rules.nft");
  }

  /** The rules of the others, which are put back. */
  public Path rulesBefore() {
    return run.resolve("rules.before.nft");
  }
}
