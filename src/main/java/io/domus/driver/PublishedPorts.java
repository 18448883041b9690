// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.IpAddress;
import io.domus.domain.NetInterface;
import io.domus.domain.ResourceBusyException;
import io.domus.kernel.SocketTable;
import io.domus.store.HostNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Takes ports of the host that are to lead to guests. */
final class PublishedPorts {
  private static final String ANY = "any";

  /** The first port that is not root's. */
  private static final Path FIRST = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");

  private final Driver driver;

  PublishedPorts(Driver driver) {
    this.driver = driver;
  }

  /** Whether what was taken is a port; no device is called so. */
  static boolean isPort(String name) {
    return name.matches("(tcp|udp)-[0-9]+-.+");
  }

  /** As what a port is taken. */
  static String name(NetInterface.Publish publish) {
    String place = publish.address().flatMap(IpAddress::parse).map(IpAddress::toString).orElse(ANY);
    return prefix(publish) + place;
  }

  /** Whether no two domains can have them at once. */
  static boolean clash(NetInterface.Publish one, NetInterface.Publish other) {
    boolean everywhere = one.address().isEmpty() || other.address().isEmpty();
    return prefix(one).equals(prefix(other)) && (everywhere || name(one).equals(name(other)));
  }

  /** Whether a program would be in the way. */
  private boolean isListenedTo(NetInterface.Publish publish) throws IOException {
    if (!driver.layout().isSession()) {
      return SocketTable.hasListener(publish.protocol(), publish.host());
    }
    // What listens for the guest is a program like others: on one address others do not matter, and
    // if it is theirs it says so.
    int self = Math.toIntExact(ProcessHandle.current().pid());
    return publish.address().isEmpty()
        && SocketTable.hasListener(self, publish.protocol(), publish.host());
  }

  /** Why an ordinary user cannot have a port; empty if any can. */
  static Optional<String> roots(NetInterface.Publish publish) throws IOException {
    if (!Files.exists(FIRST)) {
      return Optional.empty();
    }
    // Not by readString, which begins with one byte: the kernel gives a digit then, and the end.
    return roots(publish, Integer.parseInt(Files.readAllLines(FIRST).getFirst()));
  }

  /**
   * @param first the first port that is not root's
   */
  static Optional<String> roots(NetInterface.Publish publish, int first) {
    return publish.host() < first
        ? Optional.of(
            publish.protocol()
                + " port "
                + publish.host()
                + " is root's: ordinary users publish those from "
                + first
                + " on (net.ipv4.ip_unprivileged_port_start)")
        : Optional.empty();
  }

  private static void requireRight(NetInterface.Publish publish) throws IOException {
    Optional<String> why = roots(publish);
    if (why.isPresent()) {
      throw new ConfigUnsupportedException(why.get() + publish.origin().inParentheses());
    }
  }

  private static String prefix(NetInterface.Publish publish) {
    return publish.protocol() + "-" + publish.host() + "-";
  }

  /**
   * @throws ResourceBusyException saying who has the port
   */
  void take(TakenNames taken, NetInterface.Publish publish) throws IOException {
    String name = name(publish);
    Optional<HostNames.Owner> owner = taken.take(name);
    for (String other : driver.hostNames().beginning(prefix(publish))) {
      boolean clash = name.endsWith("-" + ANY) || other.endsWith("-" + ANY);
      if (owner.isEmpty() && clash && !other.equals(name)) {
        owner = taken.take(other);
      }
    }
    String at = publish.origin().inParentheses();
    String port = publish.protocol() + " port " + publish.host();
    if (owner.isPresent()) {
      throw new ResourceBusyException(
          port + " is published by " + owner.get().text(driver.layout()) + " already" + at);
    }
    if (driver.layout().isSession()) {
      requireRight(publish);
    }
    if (isListenedTo(publish)) {
      throw new ResourceBusyException(
          port + " of the host is in use: a program listens there" + at);
    }
  }
}
