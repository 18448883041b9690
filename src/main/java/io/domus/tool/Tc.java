// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Command lines of iproute2's {@code tc}. Rates are in kilobytes a second, bursts in KiB. */
public final class Tc {
  private static final String INGRESS = "ffff:";

  private Tc() {}

  /** What leaves a device is shared out by classes, all of it by the first unless it is told. */
  public static Command root(String device) {
    return command(rootLine(device));
  }

  /** The same as a line of a batch. */
  public static String rootLine(String device) {
    return "qdisc replace dev " + device + " root handle 1: htb default 1";
  }

  private static Command command(String line) {
    List<String> argv = new ArrayList<>(List.of("tc"));
    argv.addAll(List.of(line.split(" ", -1)));
    return Command.of(argv);
  }

  /** Carries out the lines of a file, up to the first that fails. */
  public static Command batch(Path file) {
    return Command.of("tc", "-batch", file.toString());
  }

  /**
   * The class of all that leaves a device.
   *
   * @param peak what it may borrow up to
   */
  public static Command limit(
      String device, long average, Optional<Long> peak, Optional<Long> burst) {
    return command(limitLine(device, average, peak, burst));
  }

  /** The same as a line of a batch. */
  public static String limitLine(
      String device, long average, Optional<Long> peak, Optional<Long> burst) {
    return "class replace dev "
        + device
        + " parent 1: classid 1:1 htb rate "
        + average
        + "kbps"
        + peak.map(rate -> " ceil " + rate + "kbps").orElse("")
        + burst.map(size -> " burst " + size + "kb").orElse("");
  }

  public static Command ingress(String device) {
    return Command.of("tc", "qdisc", "replace", "dev", device, "handle", INGRESS, "ingress");
  }

  /** Drops what enters a device beyond a rate. */
  public static Command police(String device, long average, long burst) {
    return Command.of(
        "tc",
        "filter",
        "replace",
        "dev",
        device,
        "parent",
        INGRESS,
        "protocol",
        "all",
        "prio",
        "1",
        "handle",
        "1",
        "matchall",
        "action",
        "police",
        "rate",
        average + "kbps",
        "burst",
        burst + "kb",
        "conform-exceed",
        "drop");
  }

  /** Nothing that leaves a device is limited any more. */
  public static Command clearRoot(String device) {
    return Command.of("tc", "qdisc", "delete", "dev", device, "root");
  }

  /** Nothing that enters a device is limited any more. */
  public static Command clearIngress(String device) {
    return Command.of("tc", "qdisc", "delete", "dev", device, "ingress");
  }
}
