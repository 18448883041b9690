// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import io.domus.domain.DomainPaths;
import io.domus.domain.NetworkPaths;
import io.domus.domain.SnapshotPaths;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Every path that Domus uses, computed here and nowhere else; the layout is described in the
 * README.
 *
 * @param root {@code /} for {@code lxc:///system}, any directory for {@code lxc:///embed}
 */
public record StateLayout(Path root) {
  public StateLayout {
    Objects.requireNonNull(root, "root");
    if (!root.isAbsolute()) {
      throw new IllegalArgumentException("the root of the state must be absolute: " + root);
    }
    root = root.normalize();
  }

  /** Tells roots apart in names that the kernel shares between them. */
  public String id() {
    if (root.getNameCount() == 0) {
      return "system";
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(root.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 5);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public Path configuration() {
    return root.resolve("etc/domus/domus.conf");
  }

  /** Programs that are told what happens to domains. */
  public Path hooks() {
    return root.resolve("etc/domus/hooks");
  }

  public Path definitions() {
    return root.resolve("etc/domus/domains");
  }

  public Path definition(String name) {
    return definitions().resolve(name + ".xml");
  }

  public Path variable(String name) {
    return root.resolve("var/lib/domus/domains").resolve(name);
  }

  /** What renames under way have moved; not below {@code run}, so that no boot loses it. */
  public Path renames() {
    return root.resolve("var/lib/domus/renames");
  }

  /**
   * Operations on storage that are under way; not below {@code run}, so that no boot loses them.
   */
  public Path operations() {
    return root.resolve("var/lib/domus/operations");
  }

  /** Guests that are moved to other roots or come from there; not below {@code run} either. */
  public Path migrations() {
    return root.resolve("var/lib/domus/migrations");
  }

  /** What ends with the runs of ephemeral domains, so that even a boot does not leave it behind. */
  public Path ephemerals() {
    return root.resolve("var/lib/domus/ephemeral");
  }

  /** What clones write to, unless they are told another place. */
  public Path storage() {
    return root.resolve("var/lib/domus/storage");
  }

  public Path layers() {
    return root.resolve("var/lib/domus/layers");
  }

  /** What is known of a sealed layer, and its content where that is on this filesystem. */
  public Path layer(String id) {
    return layers().resolve(id);
  }

  public Path checkpoints() {
    return root.resolve("var/lib/domus/checkpoints");
  }

  /** A directory that stays empty: the bottom of layers that lack none. */
  public Path empty() {
    return root.resolve("var/lib/domus/empty");
  }

  /** The snapshots of one domain. */
  public Path checkpoints(String name) {
    return checkpoints().resolve(name);
  }

  public SnapshotPaths checkpoint(String name, String snapshot) {
    return new SnapshotPaths(checkpoints(name).resolve(snapshot));
  }

  /** For work on a snapshot of a domain: no domain has such a name. */
  public DomainPaths snapshotWork(String name) {
    return domain("@snapshot-" + name);
  }

  /** Records of what was sealed beneath which upper directory. */
  public Path uppers() {
    return root.resolve("var/lib/domus/uppers");
  }

  /** The lock of the layer store; no name of a domain begins like this. */
  public Path layersLock() {
    return lock("@layers");
  }

  /** That the next start of the host starts a domain. */
  public Path once(String name) {
    return boot().resolve("once").resolve(name);
  }

  /** That a domain runs, where that must outlive the machine's boot. */
  public Path running(String name) {
    return boot().resolve("running").resolve(name);
  }

  /** Who ran when the host went down. */
  public Path lastState() {
    return boot().resolve("ran");
  }

  private Path boot() {
    return root.resolve("var/lib/domus/boot");
  }

  /** How far the start with the host is, of this boot. */
  public Path booted() {
    return root.resolve("run/domus/booted");
  }

  /** The lock of whoever starts or stops domains with the host; no domain's name begins so. */
  public Path bootLock() {
    return lock("@boot");
  }

  public Path networks() {
    return root.resolve("etc/domus/networks");
  }

  /** Links to the definitions of the networks that start with the host. */
  public Path networkAutostart(String name) {
    return networks().resolve("autostart").resolve(name + ".xml");
  }

  public Path networkRuns() {
    return root.resolve("run/domus/networks");
  }

  public NetworkPaths network(String name) {
    return new NetworkPaths(
        networks().resolve(name + ".xml"),
        root.resolve("var/lib/domus/networks").resolve(name),
        networkRuns().resolve(name));
  }

  /** The lock of all networks of this root; no name of a domain begins like this. */
  public Path networksLock() {
    return lock("@networks");
  }

  /** The lock of what networks of all roots change of the host. */
  public static Path hostNetworkLock() {
    return Path.of("/run/domus-networks.lock");
  }

  /** Who has which device name and port of the host. */
  public static Path hostNames() {
    return Path.of("/run/domus-names");
  }

  public Path runs() {
    return root.resolve("run/domus/domains");
  }

  /** Guests that ended and wait for someone to clear up after them. */
  public Path exitQueue() {
    return root.resolve("run/domus/exits");
  }

  /** What definitions were found to use; may be lost at any time. */
  public Path uses() {
    return root.resolve("run/domus/uses.json");
  }

  public Path events() {
    return root.resolve("run/domus/events");
  }

  /** Shared by who writes down events; no name of a domain begins like this. */
  public Path eventsLock() {
    return lock("@events");
  }

  public Path lock(String name) {
    return root.resolve("run/domus/locks").resolve(name);
  }

  /** Leases are the host's, not a root's: two roots may name one directory. */
  public static Path leases() {
    return Path.of("/run/domus-leases");
  }

  /** The file that holds the leases of one domain of this root. */
  public Path lease(String name) {
    return leases().resolve(id() + ":" + name);
  }

  public DomainPaths domain(String name) {
    return new DomainPaths(
        definition(name),
        variable(name),
        runs().resolve(name),
        root.resolve("var/log/domus").resolve(name + ".log"),
        root.resolve("run/domus/crun"),
        "/domus-" + id() + "-" + name,
        name);
  }
}
