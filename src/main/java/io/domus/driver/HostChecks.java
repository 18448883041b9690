// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.CheckpointToolLint;
import io.domus.compiler.Controller;
import io.domus.compiler.Obstacle;
import io.domus.compiler.Obstacle.Kind;
import io.domus.compiler.UserNetwork;
import io.domus.domain.CheckpointDefaults;
import io.domus.kernel.FilesystemType;
import io.domus.kernel.KernelException;
import io.domus.kernel.MountApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What this host has of all that domains may need. Changes nothing. */
public final class HostChecks {
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  private final Driver driver;
  private final Optional<String> lack;
  private final List<Check> checks = new ArrayList<>();

  /**
   * @param lack why an ordinary user's session cannot be entered; empty if it was, or it is none
   */
  public HostChecks(Driver driver, Optional<String> lack) {
    this.driver = driver;
    this.lack = lack;
  }

  /** How much it matters. */
  public enum Level {
    PASS,
    /** Some domains will not start, or some verbs will not work. */
    WARN,
    /** No domain starts. */
    FAIL
  }

  /**
   * @param subject what is looked for
   * @param detail what was found, or what its lack means
   */
  public record Check(String subject, Level level, String detail) {}

  public List<Check> run() {
    boolean root = driver.syscalls().geteuid() == 0;
    boolean session = driver.layout().isSession();
    String right = session ? "in a user namespace" : "root";
    add("the right to mount", root, Level.FAIL, right, lack.orElse("run as root"));
    add("a JDK", true, Level.FAIL, Runtime.version().toString(), "");
    if (root) {
      mounts();
    }
    namespaces();
    cgroups();
    if (session) {
      Optional<String> limits = SessionProbe.facts().warning();
      add("limits", limits.isEmpty(), Level.WARN, "by a delegated cgroup", limits.orElse(""));
    }
    tool("the container runtime", Level.FAIL, "no domain starts without it", "crun", "runc");
    tool("the monitor", Level.FAIL, "no domain starts without it", "conmon");
    tool("util-linux", Level.FAIL, "guests that end are not cleared up after", "flock");
    hooks();
    if (session) {
      UserNetwork network = SessionProbe.facts().network();
      add(
          "networks of guests",
          network.lack().isEmpty(),
          Level.WARN,
          network.name().toLowerCase(Locale.ROOT),
          "no <interface>: " + network.lack().orElse(""));
      checks.add(
          new Check(
              "what root has",
              Level.WARN,
              "no images, devices, checkpoints, migration and networks of several guests in "
                  + driver.layout().uri()));
      return List.copyOf(checks);
    }
    images();
    tool("CRIU", Level.WARN, "no checkpoints", "criu");
    if (root && HostTools.find("criu").isPresent()) {
      checkpoints();
    }
    tool("rsync", Level.WARN, "no migration", "rsync");
    tool("OpenSSH", Level.WARN, "no migration to another host", "ssh");
    tool("iproute2", Level.WARN, "no networks", "ip");
    tool("nftables", Level.WARN, "no networks with NAT", "nft");
    tool("dnsmasq", Level.WARN, "no DHCP and DNS on networks", "dnsmasq");
    return List.copyOf(checks);
  }

  private void mounts() {
    MountApi api = MountApi.probe(driver.syscalls());
    add("the mount interface", api.contexts(), Level.FAIL, "fsopen", "Linux 5.2 has it");
    add("attributes of mounts", api.setattr(), Level.WARN, "mount_setattr", "Linux 5.12 has it");
    if (!driver.layout().isSession()) {
      add(
          "mounts with other ids",
          api.mapped(),
          Level.WARN,
          "idmapped",
          "no <idmap mode='auto'>; Linux 5.19 has it for layers of overlays");
    }
    add("overlay", api.overlay(), Level.FAIL, "in this kernel", "modprobe overlay");
    add(
        "overlay layers one by one",
        api.appendLower(),
        Level.WARN,
        "lowerdir+",
        "Linux 6.7 has it; until then the names of all layers share a page");
  }

  /** A file without the right to be run is passed over, which its author may not have meant. */
  private void hooks() {
    try {
      List<String> inert = Hooks.inert(driver).stream().map(Path::toString).toList();
      add(
          "hooks",
          inert.isEmpty(),
          Level.WARN,
          Hooks.programs(driver).size() + " to be run",
          "not run, since not executable: chmod +x " + String.join(" ", inert));
    } catch (IOException failure) {
      add("hooks", false, Level.WARN, "", "cannot be listed: " + failure.getMessage());
    }
  }

  private void namespaces() {
    List<String> missing = new ArrayList<>();
    for (String kind : List.of("mnt", "pid", "net", "ipc", "uts", "user", "cgroup")) {
      if (!Files.exists(Path.of("/proc/self/ns", kind))) {
        missing.add(kind);
      }
    }
    String without = "without " + String.join(", ", missing);
    add("namespaces", missing.isEmpty(), Level.FAIL, "all seven", without);
  }

  private void cgroups() {
    boolean pure = isCgroup2(CGROUPS);
    boolean hybrid = isCgroup2(CGROUPS.resolve("unified"));
    boolean legacy = Files.isDirectory(CGROUPS.resolve("memory"));
    String version = hybrid ? "version 1, with version 2 beside it" : "version 1";
    String found = pure ? "version 2" : version;
    add("cgroups", pure || legacy, Level.FAIL, found, "not mounted on " + CGROUPS);
    if (!driver.layout().isSession()) {
      List<String> lacking = Controllers.lacking().stream().map(Controller::text).toList();
      String without =
          "without " + String.join(", ", lacking) + ": guests run without those limits";
      add("limits", lacking.isEmpty(), Level.WARN, "by cgroups", without);
    }
  }

  private void images() {
    boolean loop = Files.exists(Path.of("/dev/loop-control"));
    add("loop devices", loop, Level.WARN, "/dev/loop-control", "no image files; modprobe loop");
    boolean fuse = Files.exists(Path.of("/dev/fuse"));
    boolean nbd = Files.exists(Path.of("/dev/nbd0"));
    boolean export = fuse && HostTools.find("qemu-storage-daemon").isPresent();
    boolean server = nbd && HostTools.find("qemu-nbd").isPresent();
    add(
        "qcow2 images",
        export || server,
        Level.WARN,
        server ? "qemu-nbd and /dev/nbd0" : "qemu-storage-daemon and /dev/fuse",
        "needs qemu-utils, and /dev/nbd0 or /dev/fuse");
  }

  /** What CRIU needs beside itself. */
  private void checkpoints() {
    CheckpointProbe probe = new CheckpointProbe(driver);
    Optional<String> complaint = probe.complaint();
    String kernel = "no checkpoints: " + complaint.orElse("");
    add("CRIU on this kernel", complaint.isEmpty(), Level.WARN, "criu check", kernel);
    List<Obstacle> lacks = CheckpointToolLint.check(probe.facts(), CheckpointDefaults.NONE);
    lack("CRIU's version", lacks, "fits the kernel", Kind.CRIU_VERSION, Kind.CRIU_SOCKETS);
    lack("CRIU in the runtime", lacks, "built in", Kind.RUNTIME);
    lack("CRIU's network lock", lacks, "iptables-restore", Kind.NETWORK_LOCK);
    Optional<String> memory = probe.complaint("--feature", "mem_dirty_track");
    add(
        "memory tracking",
        memory.isEmpty(),
        Level.WARN,
        "soft-dirty",
        "not in this kernel: checkpoints copy all of the memory at once");
  }

  private void lack(String subject, List<Obstacle> lacks, String detail, Kind... kinds) {
    Optional<Obstacle> lack =
        lacks.stream().filter(found -> List.of(kinds).contains(found.kind())).findFirst();
    add(subject, lack.isEmpty(), Level.WARN, detail, lack.map(Obstacle::message).orElse(""));
  }

  private boolean isCgroup2(Path path) {
    try {
      return driver.syscalls().statfs(path).equals(FilesystemType.CGROUP2);
    } catch (KernelException absent) {
      return false;
    }
  }

  private void tool(String subject, Level level, String consequence, String... alternatives) {
    for (String program : alternatives) {
      Optional<Path> found = HostTools.find(program);
      if (found.isPresent()) {
        add(subject, true, level, new HostVersions(driver).of(found.get()), "");
        return;
      }
    }
    add(subject, false, level, "", "no " + String.join(" or ", alternatives) + ": " + consequence);
  }

  private void add(String subject, boolean there, Level level, String detail, String lack) {
    checks.add(new Check(subject, there ? Level.PASS : level, there ? detail : lack));
  }
}
