// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.SessionFacts;
import io.domus.compiler.UserNetwork;
import io.domus.domain.DomainPaths;
import io.domus.domain.IdMap;
import io.domus.domain.Origin;
import io.domus.executor.MonitorCgroup;
import io.domus.store.DomainRecord;
import io.domus.tool.Pasta;
import io.domus.tool.PastaTemplate;
import io.domus.tool.Slirp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds out what an ordinary user's session has of the host. Changes nothing. */
public final class SessionProbe {
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  private static final Path ROUTES = Path.of("/proc/net/route");

  /** By which a program makes network devices. */
  private static final Path TUN = Path.of("/dev/net/tun");

  /** The session's own cgroup, which is delegated to it, as the launcher has found it. */
  private static final String SCOPE = "DOMUS_SESSION_CGROUP";

  /** The controllers without which a guest's limits cannot be set. */
  private static final List<String> NEEDED = List.of("cpu", "memory", "pids");

  private SessionProbe() {}

  /** Nothing can be delegated but cgroups of version 2. */
  public static SessionFacts facts() {
    return facts(CGROUPS, Path.of("/proc/self/cgroup"), scope())
        .withNetwork(network())
        .withTemplate(template())
        .withIds(ids());
  }

  private static IdMap ids() {
    return new IdMap(ids("uid_map"), ids("gid_map"), false, Origin.NONE);
  }

  private static List<IdMap.Range> ids(String file) {
    try {
      return Files.readAllLines(Path.of("/proc/self", file)).stream()
          .map(line -> line.strip().split("\\s+", -1))
          .map(
              words ->
                  new IdMap.Range(
                      Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2])))
          .toList();
    } catch (IOException unknown) {
      return List.of();
    }
  }

  private static PastaTemplate template() {
    try {
      return PastaTemplate.of(Files.readAllLines(ROUTES), SessionProbe::hasCarrier);
    } catch (IOException unreadable) {
      return PastaTemplate.OWN;
    }
  }

  /** One that cannot be asked, as one that is down, has none. */
  private static boolean hasCarrier(String device) {
    try {
      return Files.readString(DeviceNames.DEVICES.resolve(device).resolve("carrier"))
          .strip()
          .equals("1");
    } catch (IOException down) {
      return false;
    }
  }

  private static Optional<String> scope() {
    return Optional.ofNullable(System.getenv(SCOPE)).filter(path -> path.startsWith("/"));
  }

  /** Where the monitors of a session's guests live. */
  static MonitorCgroup monitors() {
    return scope()
        .map(path -> new MonitorCgroup(Path.of(CGROUPS + path), "monitors", false))
        .orElse(MonitorCgroup.none());
  }

  private static UserNetwork network() {
    Optional<UserNetwork> installed =
        HostTools.find(Pasta.PROGRAM)
            .map(_ -> UserNetwork.PASTA)
            .or(() -> HostTools.find(Slirp.PROGRAM).map(_ -> UserNetwork.SLIRP4NETNS));
    boolean open = Files.isReadable(TUN) && Files.isWritable(TUN);
    return installed.map(found -> open ? found : UserNetwork.NO_DEVICE).orElse(UserNetwork.NONE);
  }

  /**
   * @param mount where the hierarchy is mounted
   * @param membership what {@code /proc/PID/cgroup} says of us
   * @param scope the session's own cgroup, if it has one
   */
  static SessionFacts facts(Path mount, Path membership, Optional<String> scope) {
    try {
      if (!Files.exists(mount.resolve("cgroup.controllers"))) {
        return SessionFacts.NONE;
      }
      for (String line : Files.readAllLines(membership)) {
        if (line.startsWith("0::/")) {
          String own = line.substring("0::".length());
          return scope.isPresent() && leadsTo(mount, own, scope.get())
              ? of(mount, mount.resolve(scope.get().substring(1)))
              : delegated(mount, own);
        }
      }
    } catch (IOException unreadable) {
      return SessionFacts.NONE;
    }
    return SessionFacts.NONE;
  }

  /** The kernel lets a process go from one to the other whose common ancestor is ours, too. */
  private static boolean leadsTo(Path mount, String own, String scope) {
    Path from = mount.resolve(own.substring(1));
    Path common = mount.resolve(scope.substring(1));
    if (!isOurs(common)) {
      return false;
    }
    while (!from.startsWith(common)) {
      common = common.getParent();
    }
    return isOurs(common);
  }

  /** One that has processes itself cannot hand its controllers on: the one above is better. */
  private static SessionFacts delegated(Path mount, String own) throws IOException {
    Path here = mount.resolve(own.substring(1));
    Path above = here.getParent();
    boolean isBetter = above.startsWith(mount) && isOurs(above) && lines(above, "procs").isEmpty();
    Path found = isBetter ? above : here;
    return isOurs(found) ? of(mount, found) : SessionFacts.NONE;
  }

  private static SessionFacts of(Path mount, Path found) throws IOException {
    String file = lines(found, "procs").isEmpty() ? "controllers" : "subtree_control";
    List<String> controllers =
        lines(found, file).stream().flatMap(line -> Arrays.stream(line.split(" ", -1))).toList();
    String path = "/" + mount.relativize(found);
    return new SessionFacts(
        Optional.of(path.equals("/") ? "" : path), controllers.containsAll(NEEDED));
  }

  private static boolean isOurs(Path cgroup) {
    return Files.isWritable(cgroup)
        && Files.isWritable(cgroup.resolve("cgroup.procs"))
        && Files.isWritable(cgroup.resolve("cgroup.subtree_control"));
  }

  private static List<String> lines(Path cgroup, String file) throws IOException {
    return Files.readAllLines(cgroup.resolve("cgroup." + file));
  }

  /** Where a domain's things are: its cgroup in what was delegated, in a user's session. */
  static DomainPaths place(Driver driver, String name) {
    DomainPaths paths = driver.layout().domain(name);
    return driver.layout().isSession()
        ? facts().cgroup().map(paths::inCgroup).orElse(paths)
        : paths;
  }

  /**
   * Whether a guest can stand still while it is copied.
   *
   * @param paused whether it does already
   */
  static boolean mayStandStill(Driver driver, String domain, boolean paused) {
    return paused || !driver.layout().isSession() || hasCgroup(driver, domain);
  }

  /** Whether the guest of a domain has a cgroup of its own. */
  static boolean hasCgroup(Driver driver, String domain) {
    try {
      return driver
          .statuses()
          .read(domain)
          .map(DomainRecord::cgroup)
          .filter(cgroup -> Files.isDirectory(Path.of(CGROUPS + cgroup)))
          .isPresent();
    } catch (IOException unreadable) {
      return false;
    }
  }
}
