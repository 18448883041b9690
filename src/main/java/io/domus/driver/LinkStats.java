// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.NetInterface;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What has come and gone by a guest's interfaces, as the guest sees it: what the host's end has
 * sent the guest has received.
 */
final class LinkStats {

  /** A counter by virsh's name, and by the kernel's in a device's statistics. */
  private record Counter(String name, String file) {}

  private static final List<Counter> COUNTERS =
      List.of(
          new Counter("bytes", "bytes"),
          new Counter("pkts", "packets"),
          new Counter("errs", "errors"),
          new Counter("drop", "dropped"));

  private LinkStats() {}

  /**
   * @param init the guest's first process, by whose eyes an interface without an end on the host is
   *     looked at
   */
  static void put(List<NetInterface> interfaces, int init, Map<String, Object> stats) {
    stats.put("net.count", (long) interfaces.size());
    int index = 0;
    for (NetInterface each : interfaces) {
      String prefix = "net." + index++ + ".";
      each.target().ifPresent(device -> stats.put(prefix + "name", device));
      Optional<Path> host =
          each.target()
              .map(device -> DeviceNames.DEVICES.resolve(device).resolve("statistics"))
              .filter(Files::isDirectory);
      if (host.isPresent()) {
        host(host.get(), prefix, stats);
      } else {
        each.guest().ifPresent(device -> guest(init, device, prefix, stats));
      }
    }
  }

  private static void host(Path statistics, String prefix, Map<String, Object> stats) {
    for (Counter each : COUNTERS) {
      number(statistics.resolve("tx_" + each.file()))
          .ifPresent(value -> stats.put(prefix + "rx." + each.name(), value));
    }
    for (Counter each : COUNTERS) {
      number(statistics.resolve("rx_" + each.file()))
          .ifPresent(value -> stats.put(prefix + "tx." + each.name(), value));
    }
  }

  private static Optional<Long> number(Path file) {
    try {
      return Optional.of(Files.readString(file).strip())
          .filter(Cgroup::isNumber)
          .map(Long::valueOf);
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** {@code eth0: } and sixteen numbers: received first, bytes, packets, errors and dropped. */
  private static void guest(int init, String device, String prefix, Map<String, Object> stats) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + init + "/net/dev"))) {
        String[] words = line.strip().split("[:\\s]+");
        if (words.length > 12 && words[0].equals(device)) {
          columns(words, 1, prefix + "rx.", stats);
          columns(words, 9, prefix + "tx.", stats);
        }
      }
    } catch (IOException | NumberFormatException gone) {
      return;
    }
  }

  private static void columns(String[] words, int at, String prefix, Map<String, Object> stats) {
    for (int index = 0; index < COUNTERS.size(); index++) {
      stats.put(prefix + COUNTERS.get(index).name(), Long.valueOf(words[at + index]));
    }
  }
}
