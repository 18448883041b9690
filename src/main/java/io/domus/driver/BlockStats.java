// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a guest has read from and written to devices, by its cgroup. */
final class BlockStats {
  private static final Path DEVICES = Path.of("/sys/dev/block");

  private BlockStats() {}

  /** Requests and bytes of one device. */
  private static final class Counts {
    private long readBytes;
    private long readRequests;
    private long writtenBytes;
    private long writeRequests;
  }

  /** Nothing where nobody counts it. */
  static void put(Cgroup cgroup, Map<String, Object> stats) {
    Map<String, Counts> devices = new TreeMap<>();
    Optional<String> bytes = cgroup.old("blkio", "blkio.throttle.io_service_bytes_recursive");
    Optional<String> unified = cgroup.unified("io.stat");
    if (bytes.isEmpty() && unified.isEmpty()) {
      return;
    }
    if (bytes.isPresent()) {
      old(bytes, devices, false);
      old(cgroup.old("blkio", "blkio.throttle.io_serviced_recursive"), devices, true);
    } else {
      unified.get().lines().forEach(line -> unified(line, devices));
    }
    stats.put("block.count", (long) devices.size());
    int index = 0;
    for (Map.Entry<String, Counts> device : devices.entrySet()) {
      String prefix = "block." + index++ + ".";
      stats.put(prefix + "name", name(device.getKey()));
      stats.put(prefix + "rd.reqs", device.getValue().readRequests);
      stats.put(prefix + "rd.bytes", device.getValue().readBytes);
      stats.put(prefix + "wr.reqs", device.getValue().writeRequests);
      stats.put(prefix + "wr.bytes", device.getValue().writtenBytes);
    }
  }

  /** {@code 8:0 Read 4096}, a line each; the last line is a total of all devices. */
  private static void old(Optional<String> text, Map<String, Counts> devices, boolean requests) {
    for (String line : text.orElse("").lines().toList()) {
      String[] words = line.strip().split("\\s+");
      if (words.length == 3 && Cgroup.isNumber(words[2])) {
        long number = Long.parseLong(words[2]);
        switch (words[1]) {
          case "Read" -> add(counts(devices, words[0]), number, requests, true);
          case "Write" -> add(counts(devices, words[0]), number, requests, false);
          default -> {}
        }
      }
    }
  }

  private static void add(Counts counts, long number, boolean requests, boolean read) {
    if (read) {
      counts.readRequests += requests ? number : 0;
      counts.readBytes += requests ? 0 : number;
    } else {
      counts.writeRequests += requests ? number : 0;
      counts.writtenBytes += requests ? 0 : number;
    }
  }

  /** {@code 8:0 rbytes=4096 wbytes=0 rios=1 wios=0 dbytes=0 dios=0}. */
  private static void unified(String line, Map<String, Counts> devices) {
    String[] words = line.strip().split("\\s+");
    for (int index = 1; index < words.length; index++) {
      String[] pair = words[index].split("=", 2);
      if (pair.length == 2 && Cgroup.isNumber(pair[1])) {
        long number = Long.parseLong(pair[1]);
        switch (pair[0]) {
          case "rbytes" -> add(counts(devices, words[0]), number, false, true);
          case "wbytes" -> add(counts(devices, words[0]), number, false, false);
          case "rios" -> add(counts(devices, words[0]), number, true, true);
          case "wios" -> add(counts(devices, words[0]), number, true, false);
          default -> {}
        }
      }
    }
  }

  private static Counts counts(Map<String, Counts> devices, String device) {
    return devices.computeIfAbsent(device, _ -> new Counts());
  }

  /** The kernel's name of a device that it has given as numbers. */
  private static String name(String numbers) {
    try {
      return Files.readSymbolicLink(DEVICES.resolve(numbers)).getFileName().toString();
    } catch (IOException gone) {
      return numbers;
    }
  }
}
