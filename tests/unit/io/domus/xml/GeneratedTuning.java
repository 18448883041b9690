// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.Disk;
import io.domus.domain.HostDevice;
import io.domus.domain.ImageFormat;
import io.domus.domain.NetInterface;
import io.domus.domain.NumberSet;
import io.domus.domain.Origin;
import io.domus.domain.SecurityLabel;
import io.domus.domain.SharedNamespaces;
import io.domus.domain.Tuning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What a generated definition says about resources and device nodes. */
final class GeneratedTuning {
  private final SplittableRandom random;

  GeneratedTuning(SplittableRandom random) {
    this.random = random;
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> T one(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  /**
   * @param memory bytes, which the limit on memory and swap must not be less than
   */
  Tuning tuning(long memory) {
    if (random.nextInt(4) == 0) {
      return Tuning.NONE;
    }
    Optional<Long> hard = maybe(() -> random.nextLong(1, memory + 1));
    return new Tuning(
        new Tuning.Memory(
            hard,
            maybe(() -> random.nextLong(1, memory + 1)),
            maybe(() -> memory + random.nextLong(1000))),
        new Tuning.Cpu(
            maybe(this::numbers),
            Origin.NONE,
            maybe(() -> random.nextLong(2, 262_145)),
            maybe(() -> random.nextLong(1000, 1_000_001)),
            maybe(() -> random.nextBoolean() ? -1L : random.nextLong(1000, 1L << 40))),
        new Tuning.BlockIo(maybe(() -> random.nextInt(10, 1001)), devices()),
        maybe(() -> new Tuning.Numa(one(Tuning.Numa.Mode.values()), maybe(this::numbers))),
        maybe(() -> "/machine/a b&c"),
        Origin.NONE);
  }

  private NumberSet numbers() {
    TreeSet<Integer> members = new TreeSet<>();
    for (int left = random.nextInt(1, 20); left > 0; left--) {
      members.add(random.nextInt(random.nextBoolean() ? 8 : 4096));
    }
    return new NumberSet(members);
  }

  private List<Tuning.BlockIo.Device> devices() {
    List<Tuning.BlockIo.Device> devices = new ArrayList<>();
    for (int number = 0; number < random.nextInt(3); number++) {
      devices.add(
          new Tuning.BlockIo.Device(
              "/dev/sd" + number,
              maybe(() -> random.nextInt(10, 1001)),
              rate(),
              rate(),
              rate(),
              rate(),
              Origin.NONE));
    }
    return devices;
  }

  private Optional<Long> rate() {
    return maybe(() -> random.nextLong(Long.MAX_VALUE));
  }

  List<SecurityLabel> labels() {
    List<SecurityLabel> labels = new ArrayList<>();
    for (String model : List.of("selinux", "apparmor")) {
      if (random.nextInt(3) == 0) {
        labels.add(
            new SecurityLabel(
                one(SecurityLabel.Type.values()),
                Optional.of(model),
                maybe(random::nextBoolean),
                Optional.of("a:b <c>"),
                maybe(() -> "base")));
      }
    }
    return labels;
  }

  /** Not with an id map, interfaces or a private network. */
  SharedNamespaces shared() {
    return new SharedNamespaces(
        maybe(() -> peer(SharedNamespaces.Peer.Kind.NETNS, "red")),
        maybe(() -> peer(SharedNamespaces.Peer.Kind.PID, "17")),
        maybe(() -> peer(SharedNamespaces.Peer.Kind.NAME, "other")));
  }

  private static SharedNamespaces.Peer peer(SharedNamespaces.Peer.Kind kind, String value) {
    return new SharedNamespaces.Peer(kind, value, Origin.NONE);
  }

  List<Disk> disks() {
    List<Disk> disks = new ArrayList<>();
    for (int number = 0; number < random.nextInt(3); number++) {
      disks.add(
          new Disk(
              Disk.Kind.BLOCK,
              "/dev/disk&" + number,
              "vd" + number,
              random.nextBoolean(),
              maybe(() -> ImageFormat.RAW),
              Origin.NONE));
    }
    return disks;
  }

  List<HostDevice> hostDevices() {
    List<HostDevice> devices = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      devices.add(new HostDevice.Storage("/dev/loop 7", Origin.NONE));
      devices.add(new HostDevice.Character("/dev/input/ev&0", Origin.NONE));
      devices.add(new HostDevice.Usb(random.nextInt(1, 1000), 7, Origin.NONE));
      devices.add(
          new HostDevice.Link(
              "eth7",
              List.of(
                  new NetInterface.Address("ipv4", "10.0.0.1", Optional.of(24), Optional.empty())),
              List.of(),
              Origin.NONE));
    }
    return devices;
  }
}
