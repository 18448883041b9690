// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.BackingStore;
import io.domus.domain.CheckpointDefaults;
import io.domus.domain.Disk;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.HostDevice;
import io.domus.domain.NetInterface;
import io.domus.domain.Origin;
import io.domus.domain.OverlayChain;
import io.domus.plan.Strategy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What would keep CRIU from dumping the guest of a definition on this host. Filesystems below the
 * root are none of it: whatever their type, CRIU takes them for the host's business.
 */
public final class CheckpointLint {
  /** Devices that CRIU can open again, because they keep nothing. */
  private static final Set<Path> MEMORYLESS =
      Set.of(
          Path.of("/dev/null"),
          Path.of("/dev/zero"),
          Path.of("/dev/full"),
          Path.of("/dev/random"),
          Path.of("/dev/urandom"),
          Path.of("/dev/kmsg"),
          Path.of("/dev/net/tun"));

  private CheckpointLint() {}

  /** What can be told of a definition by itself, and of the host. */
  public static List<Obstacle> check(DomainDef domain, CheckpointFacts facts) {
    return check(domain, domain.checkpoint(), facts);
  }

  /**
   * @param options that hold for the dump
   */
  public static List<Obstacle> check(
      DomainDef domain, CheckpointDefaults options, CheckpointFacts facts) {
    List<Obstacle> obstacles = new ArrayList<>(CheckpointToolLint.check(facts, options));
    if (domain.shared().network().isPresent()) {
      obstacles.removeIf(obstacle -> obstacle.kind() == Obstacle.Kind.NETWORK_LOCK);
    }
    if (domain.idmap().present()) {
      obstacles.add(
          new Obstacle(
              Obstacle.Kind.IDMAP,
              "the guest has mapped ids, and CRIU cannot dump the devices that are mounted for it",
              "",
              domain.idmap().origin()));
    }
    for (HostDevice device : domain.hostDevices()) {
      device
          .node()
          .filter(node -> !MEMORYLESS.contains(node))
          .ifPresent(node -> obstacles.add(device(node, device.origin())));
      if (device instanceof HostDevice.Link link) {
        obstacles.add(
            new Obstacle(
                Obstacle.Kind.HOST_LINK,
                "network device '" + link.link() + "' of the host cannot be brought back",
                "",
                link.origin()));
      }
    }
    for (NetInterface each : domain.interfaces()) {
      if (each.type().equals("direct")) {
        obstacles.add(macvlan(each.source().get("dev"), each.origin()));
      }
    }
    for (Disk disk : domain.disks()) {
      obstacles.add(device(Path.of("/dev", disk.target()), disk.origin()));
    }
    return List.copyOf(obstacles);
  }

  /** A device on top of one of the host, which CRIU fails to make again. */
  public static Obstacle macvlan(String device, Origin origin) {
    return new Obstacle(
        Obstacle.Kind.HOST_LINK,
        "an interface on top of network device '" + device + "' cannot be brought back",
        "",
        origin);
  }

  /**
   * Whether the root is an overlay on an overlay: CRIU looks for files in the mount that the kernel
   * names for them, and of a file of an inner overlay that is none of the guest's.
   *
   * @param strategy how the root's layers come together
   */
  public static Optional<Obstacle> root(DomainDef domain, Strategy.Kind strategy, HostFacts facts) {
    if (!(domain.root() instanceof Filesystem.Overlay root)) {
      return Optional.empty();
    }
    if (strategy == Strategy.Kind.NEST) {
      return Optional.of(
          new Obstacle(
              Obstacle.Kind.NESTED_ROOT,
              "the root is an overlay on an overlay, of whose inner files CRIU can dump none that"
                  + " is open or runs",
              "'domus plan' says what keeps the inner one from being flattened",
              root.origin()));
    }
    return directories(root.chain())
        .filter(layer -> facts.source(layer.path()).overlay())
        .findFirst()
        .map(
            layer ->
                new Obstacle(
                    Obstacle.Kind.NESTED_ROOT,
                    "layer '%s' of the root lies on an overlay, of whose files CRIU can dump none"
                            .formatted(layer.path())
                        + " that is open or runs",
                    "keep the layer on another filesystem",
                    layer.origin()));
  }

  private static Stream<BackingStore.Directory> directories(OverlayChain chain) {
    return chain.lowers().stream()
        .flatMap(
            store ->
                switch (store) {
                  case BackingStore.Directory directory -> Stream.of(directory);
                  case BackingStore.Overlay inner -> directories(inner.chain());
                  case BackingStore.Image _, BackingStore.Block _ -> Stream.empty();
                });
  }

  private static Obstacle device(Path node, Origin origin) {
    return new Obstacle(
        Obstacle.Kind.DEVICE,
        "CRIU cannot dump a process that has '" + node + "' open",
        "",
        origin);
  }
}
