// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The device of the host whose address and routes a guest is to have, where pasta's own choice
 * would not do: it takes the device of the first default route, carrier or not, and the kernel
 * takes no copy of a route that is marked as without one.
 *
 * @param device what pasta must be told; empty if it chooses well by itself
 * @param down devices with routes and without a carrier
 */
public record PastaTemplate(Optional<String> device, Set<String> down) {
  /** The choice is pasta's. */
  public static final PastaTemplate OWN = new PastaTemplate(Optional.empty(), Set.of());

  /** It has no routes that could be copied, and an address that nobody wants. */
  public static final String LOOPBACK = "lo";

  /** A guest's on a host that leads nowhere: what pasta takes by itself without any link. */
  public static final String ADDRESS = "169.254.2.1";

  public static final int PREFIX = 16;

  private static final int DEVICE = 0;
  private static final int DESTINATION = 1;
  private static final int MASK = 7;
  private static final String ZERO = "00000000";

  public PastaTemplate {
    Objects.requireNonNull(device, "device");
    down = Set.copyOf(down);
  }

  /**
   * Chooses among the devices of IPv4 routes.
   *
   * @param table the lines of {@code /proc/net/route}, a head first (proc_net(5))
   * @param carrier whether a device has one
   */
  public static PastaTemplate of(List<String> table, Predicate<String> carrier) {
    List<String> defaults = new ArrayList<>();
    List<String> all = new ArrayList<>();
    for (String line : table.stream().skip(1).toList()) {
      String[] words = line.strip().split("\\s+", -1);
      if (words.length > MASK) {
        all.add(words[DEVICE]);
        if (words[DESTINATION].equals(ZERO) && words[MASK].equals(ZERO)) {
          defaults.add(words[DEVICE]);
        }
      }
    }
    Set<String> down = new TreeSet<>(all);
    down.removeIf(carrier);
    boolean fine =
        defaults.isEmpty() ? all.stream().anyMatch(carrier) : carrier.test(defaults.getFirst());
    if (fine) {
      return new PastaTemplate(Optional.empty(), down);
    }
    defaults.addAll(all);
    String best = defaults.stream().filter(carrier).findFirst().orElse(LOOPBACK);
    return new PastaTemplate(Optional.of(best), down);
  }
}
