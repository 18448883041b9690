// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.nio.file.Path;

/**
 * Every path that belongs to one domain; computed in one place, the store's layout, and handed to
 * the compilers.
 *
 * @param definition the stored file
 * @param variable {@code var/lib/domus/domains/NAME}
 * @param run {@code run/domus/domains/NAME}, gone after a reboot
 * @param log the console log
 * @param crunRoot crun's own state
 * @param cgroup the cgroup path as crun is told it, with the root's id in it, of a domain without a
 *     partition
 * @param containerId crun's name for the container
 */
public record DomainPaths(
    Path definition,
    Path variable,
    Path run,
    Path log,
    Path crunRoot,
    String cgroup,
    String containerId) {
  /** The record of the program that connects an ordinary user's guest. */
  public static final Path USER_NETWORK = Path.of("network.pid");

  /** The cgroup of a run of this definition: below its partition, if it has one. */
  public String cgroup(DomainDef domain) {
    return domain.tuning().parent().map(parent -> parent + cgroup).orElse(cgroup);
  }

  /**
   * The same with its cgroup in another one.
   *
   * @param parent a path below the hierarchy's root
   */
  public DomainPaths inCgroup(String parent) {
    return new DomainPaths(definition, variable, run, log, crunRoot, parent + cgroup, containerId);
  }

  public Path bundle() {
    return run.resolve("bundle");
  }

  public Path config() {
    return bundle().resolve("config.json");
  }

  /** Where the plan prepares filesystems; mounts below it exist in the domain's namespace only. */
  public Path staging() {
    return run.resolve("staging");
  }

  /**
   * Where upper directories lie that are to end with the run: in the domain's namespace a memory
   * filesystem, in the host's view nothing.
   */
  public Path memory() {
    return run.resolve("memory");
  }

  public Path rootfs() {
    return staging().resolve("root");
  }

  public Path status() {
    return run.resolve("status.json");
  }

  public Path journal() {
    return run.resolve("journal");
  }

  /** A turn in its life that is recorded, and perhaps not told yet. */
  public Path untold() {
    return run.resolve("untold");
  }

  /** Its presence tells conmon's exit command that an operation takes care of the exit. */
  public Path claim() {
    return run.resolve("claim");
  }

  public Path initPid() {
    return run.resolve("init.pid");
  }

  public Path monitorPid() {
    return run.resolve("monitor.pid");
  }

  /** conmon writes the exit status to a file named after the container in here. */
  public Path exits() {
    return run.resolve("exits");
  }

  /** conmon's sockets. */
  public Path sockets() {
    return run.resolve("sockets");
  }

  /** Links to loop devices and records of image helpers. */
  public Path devices() {
    return run.resolve("devices");
  }

  /** A link to the guest's network namespace, for programs that enter it by name. */
  public Path netns() {
    return run.resolve("netns");
  }

  /** The same of this run. */
  public Path userNetwork() {
    return run.resolve(USER_NETWORK);
  }

  /** What {@code ip} makes of the interfaces on the host. */
  public Path hostLinks() {
    return run.resolve("links.ip");
  }

  /** The VLANs of those on the host, for {@code bridge -batch}. */
  public Path hostVlans() {
    return run.resolve("links.vlan");
  }

  /** What {@code ip} makes of them in the guest's network namespace. */
  public Path guestLinks() {
    return run.resolve("guest.ip");
  }

  /** What is let through of what they send, for {@code nft -f}. */
  public Path linkRules() {
    return run.resolve("links.nft");
  }

  /** What limits what goes to the guest, for {@code tc -batch}. */
  public Path hostLimits() {
    return run.resolve("links.tc");
  }

  /** What limits what the guest sends. */
  public Path guestLimits() {
    return run.resolve("guest.tc");
  }

  /** What hooks read, and notes of what they are still to be told. */
  public Path hooks() {
    return run.resolve("hooks");
  }

  /** What was taken of the host for the interfaces: names, ports, addresses. */
  public Path taken() {
    return run.resolve("taken");
  }
}
