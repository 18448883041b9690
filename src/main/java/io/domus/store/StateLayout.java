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
 * @param home which root of state it is
 */
public record StateLayout(StateRoot home) {
  public StateLayout {
    Objects.requireNonNull(home, "home");
  }

  /** All below one directory. */
  public StateLayout(Path root) {
    this(new StateRoot.Directory(root));
  }

  /** What all of the paths lie below: {@code /} for the system, and for a session. */
  public Path root() {
    return switch (home) {
      case StateRoot.Directory directory -> directory.path();
      case StateRoot.Session _ -> Path.of("/");
    };
  }

  public boolean isSystem() {
    return home instanceof StateRoot.Directory directory && directory.isSystem();
  }

  public boolean isSession() {
    return home instanceof StateRoot.Session;
  }

  /** What leads here on the command line. */
  public String uri() {
    return home.uri();
  }

  /** A root that a record names, perhaps this one. */
  StateLayout at(Path owner) {
    return owner.equals(home.owner()) ? this : new StateLayout(owner);
  }

  /** For messages: of which root something is, nothing if it is of this one. */
  String whose(Path owner) {
    StateLayout other = at(owner);
    return other.equals(this) ? "" : " of " + other.uri();
  }

  /** Tells roots apart in names that the kernel shares between them. */
  public String id() {
    if (isSystem()) {
      return "system";
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(home.owner().toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 5);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public Path configuration() {
    return home.configuration().resolve("domus.conf");
  }

  /** Programs that are told what happens to domains. */
  public Path hooks() {
    return home.configuration().resolve("hooks");
  }

  public Path definitions() {
    return home.configuration().resolve("domains");
  }

  public Path definition(String name) {
    return definitions().resolve(name + ".xml");
  }

  public Path variable(String name) {
    return home.data().resolve("domains").resolve(name);
  }

  /** What renames under way have moved; not below {@code run}, so that no boot loses it. */
  public Path renames() {
    return home.data().resolve("renames");
  }

  /**
   * Operations on storage that are under way; not below {@code run}, so that no boot loses them.
   */
  public Path operations() {
    return home.data().resolve("operations");
  }

  /** Guests that are moved to other roots or come from there; not below {@code run} either. */
  public Path migrations() {
    return home.data().resolve("migrations");
  }

  /** What ends with the runs of ephemeral domains, so that even a boot does not leave it behind. */
  public Path ephemerals() {
    return home.data().resolve("ephemeral");
  }

  /** What clones write to, unless they are told another place. */
  public Path storage() {
    return home.data().resolve("storage");
  }

  public Path layers() {
    return home.data().resolve("layers");
  }

  /** What is known of a sealed layer, and its content where that is on this filesystem. */
  public Path layer(String id) {
    return layers().resolve(id);
  }

  public Path checkpoints() {
    return home.data().resolve("checkpoints");
  }

  /** A directory that stays empty: the bottom of layers that lack none. */
  public Path empty() {
    return home.data().resolve("empty");
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
    return home.data().resolve("uppers");
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
    return home.data().resolve("boot");
  }

  /** How far the start with the host is, of this boot. */
  public Path booted() {
    return home.run().resolve("booted");
  }

  /** The lock of whoever starts or stops domains with the host; no domain's name begins so. */
  public Path bootLock() {
    return lock("@boot");
  }

  public Path networks() {
    return home.configuration().resolve("networks");
  }

  /** Links to the definitions of the networks that start with the host. */
  public Path networkAutostart(String name) {
    return networks().resolve("autostart").resolve(name + ".xml");
  }

  public Path networkRuns() {
    return home.run().resolve("networks");
  }

  public NetworkPaths network(String name) {
    return new NetworkPaths(
        networks().resolve(name + ".xml"),
        home.data().resolve("networks").resolve(name),
        networkRuns().resolve(name));
  }

  /** The lock of all networks of this root; no name of a domain begins like this. */
  public Path networksLock() {
    return lock("@networks");
  }

  /** The lock of what networks of all roots change of the host. */
  public Path hostNetworkLock() {
    return home.shared("networks.lock");
  }

  /** Who has which device name and port of the host. */
  public Path hostNames() {
    return home.shared("names");
  }

  /**
   * Which domain of which root has which of the host's ids: the host's, and kept when it goes down.
   */
  public static Path idRanges() {
    return Path.of("/var/lib/domus/ids");
  }

  public Path runs() {
    return home.run().resolve("domains");
  }

  /** Guests that ended and wait for someone to clear up after them. */
  public Path exitQueue() {
    return home.run().resolve("exits");
  }

  /** What definitions were found to use; may be lost at any time. */
  public Path uses() {
    return home.run().resolve("uses.json");
  }

  public Path events() {
    return home.run().resolve("events");
  }

  /** Shared by who writes down events; no name of a domain begins like this. */
  public Path eventsLock() {
    return lock("@events");
  }

  public Path lock(String name) {
    return home.run().resolve("locks").resolve(name);
  }

  /** Who uses which directory, image or device. */
  public Path leases() {
    return home.shared("leases");
  }

  /** The file that holds the leases of one domain of this root. */
  public Path lease(String name) {
    return leases().resolve(id() + ":" + name);
  }

  /** What programs print while they run. */
  public Path scratch() {
    return home.run().resolve("scratch");
  }

  public DomainPaths domain(String name) {
    return new DomainPaths(
        definition(name),
        variable(name),
        runs().resolve(name),
        home.logs().resolve(name + ".log"),
        home.run().resolve("crun"),
        "/domus-" + id() + "-" + name,
        name);
  }
}
